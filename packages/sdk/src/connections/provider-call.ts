import type { Context } from '../context.ts'
import { encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import type { Connection } from '../model/connection.ts'
import { systemTenantId } from '../model/principal.ts'
import type { AnyProvider, ProviderCall, ProviderPorts } from '../providers/provider.ts'
import { accessToken } from './access-token.ts'
import { changeConnection } from './change.ts'
import { LostLease } from './lost-lease.ts'

/** What a provider may use, and nothing else of the context. */
export function providerPorts(context: Context, provider: AnyProvider): ProviderPorts {
  const { store, secrets, crypto, random, clock, logger, environment, pushUrl } = context
  const keyedHash = async (purpose: string, text: string) => {
    const key = await context.envelope.deriveKey(systemTenantId, `${provider.name}/${purpose}`)
    return encodeBase64Url(await crypto.hmacSha256(key, encodeText(text)))
  }
  return { store, secrets, crypto, random, clock, logger, environment, pushUrl, keyedHash, verifyVendorJwt: context.verifyJwt(provider) }
}

export function providerCall(context: Context, provider: AnyProvider, connection: Connection): ProviderCall {
  return {
    ...providerPorts(context, provider),
    connection,
    accessToken: () => accessToken(context, connection),
    keepPipe: (record) =>
      context.store.transaction(async (transaction) => {
        // As long as this holds the connection's row nobody ends it: whoever does sees the pipe.
        if ((await changeConnection(transaction, connection, context.clock.now(), () => ({}))) === null) throw new LostLease()
        await transaction.subscriptions.put(record)
      }),
  }
}
