import type { Context } from '../context.ts'
import { encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import type { JwtVerifier } from '../crypto/verify-jwt.ts'
import type { Connection } from '../model/connection.ts'
import { systemTenantId } from '../model/principal.ts'
import type { AnyProvider, ProviderCall, ProviderPorts } from '../providers/provider.ts'
import { accessToken } from './access-token.ts'
import { beforeAsking } from './before-asking.ts'
import { changeConnection } from './change.ts'
import { LostLease } from './lost-lease.ts'
import { spendRequest } from './pace.ts'
import { resolveApp } from './resolve-app.ts'

/** What a provider may use, and nothing else of the context. */
export function providerPorts(context: Context, provider: AnyProvider): ProviderPorts {
  const { store, secrets, crypto, random, clock, logger, environment, pushUrl } = context
  const keyedHash = async (purpose: string, text: string) => {
    const key = await context.envelope.deriveKey(systemTenantId, `${provider.name}/${purpose}`)
    return encodeBase64Url(await crypto.hmacSha256(key, encodeText(text)))
  }
  return { store, secrets, crypto, random, clock, logger, environment, pushUrl, keyedHash, verifyVendorJwt: verifier(context, provider) }
}

/** A vendor that signs nothing has nothing that is genuine. */
const verifier = (context: Context, { vendor }: AnyProvider): JwtVerifier =>
  vendor.pushJwks === undefined ? async () => null : context.verifyJwt(vendor.pushJwks)

export interface ProviderCallOptions {
  /** Whether it is upkeep, which keeps within the vendor's limits. What a person or the host asks for is not held back. Default `true`. */
  readonly paced?: boolean
}

/** A connection at work. Each request asks for its token, which spends one of the budgets. */
export function providerCall(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  { paced = true }: ProviderCallOptions = {},
): ProviderCall {
  return {
    ...providerPorts(context, provider),
    connection,
    accessToken: (audience) =>
      beforeAsking(async () => {
        if (paced) await spendRequest(context, provider, connection)
        return accessToken(context, connection, { audience })
      }),
    app: () => beforeAsking(() => resolveApp(context, connection, provider)),
    keepPipe: (record) =>
      context.store.transaction(async (transaction) => {
        // As long as this holds the connection's row nobody ends it: whoever does sees the pipe.
        if ((await changeConnection(transaction, connection, context.clock.now(), () => ({}))) === null) throw new LostLease()
        await transaction.subscriptions.put(record)
      }),
  }
}
