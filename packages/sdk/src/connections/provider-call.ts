import type { Context } from '../context.ts'
import { encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import type { Connection } from '../model/connection.ts'
import { systemTenantId } from '../model/principal.ts'
import type { AnyProvider, ProviderCall, ProviderPorts } from '../providers/provider.ts'
import { accessToken } from './access-token.ts'

/** What a provider may use, and nothing else of the context. */
export function providerPorts(context: Context, provider: AnyProvider): ProviderPorts {
  const { store, secrets, crypto, random, clock, logger, environment, pushUrl } = context
  const keyedHash = async (purpose: string, text: string) => {
    const key = await context.envelope.deriveKey(systemTenantId, `${provider.name}/${purpose}`)
    return encodeBase64Url(await crypto.hmacSha256(key, encodeText(text)))
  }
  return { store, secrets, crypto, random, clock, logger, environment, pushUrl, keyedHash, verifyVendorJwt: context.verifyJwt(provider) }
}

/** Shorter than what a token that is handed out still lives. */
const holdMs = 30_000

export function providerCall(context: Context, provider: AnyProvider, connection: Connection): ProviderCall {
  let held: { readonly token: Promise<string>; readonly until: number } | null = null
  return {
    ...providerPorts(context, provider),
    connection,
    accessToken() {
      const now = context.clock.now()
      if (held !== null && held.until > now) return held.token
      const token = accessToken(context, connection)
      held = { token, until: now + holdMs }
      token.catch(() => {
        held = null
      })
      return token
    },
  }
}
