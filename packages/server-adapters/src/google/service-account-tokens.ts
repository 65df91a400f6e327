import { encodeBase64Url, encodeText } from '@tenantry/sdk/crypto'
import type { Clock, Crypto } from '@tenantry/sdk/ports'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import * as z from 'zod/mini'
import { signAssertion } from './sign-assertion.ts'
import type { RestRequest } from '../rest/create-request.ts'

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const marginMs = 5 * 60_000
const keptTokens = 1000

const answer = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z.number().check(z.positive()) })

/** Access tokens of tenants' service accounts, in this process only. */
export interface ServiceAccountTokens {
  /** A token that lasts for five more minutes at least. @throws ProviderRefusal with operation `serviceAccount.token` */
  get(key: ServiceAccountKey): Promise<string>
  /** A token that was given just now. @throws ProviderRefusal with operation `serviceAccount.token` */
  renew(key: ServiceAccountKey): Promise<string>
  /** Forgets a token that was not accepted. */
  forget(key: ServiceAccountKey): Promise<void>
}

interface ServiceAccountTokensOptions {
  readonly request: RestRequest
  readonly url: string
  readonly crypto: Crypto
  readonly clock: Clock
}

export function createServiceAccountTokens({ request, url, crypto, clock }: ServiceAccountTokensOptions): ServiceAccountTokens {
  const kept = new Map<string, { readonly token: string; readonly until: number }>()
  const asked = new Map<string, Promise<string>>()

  const ask = async (id: string, key: ServiceAccountKey): Promise<string> => {
    const body = new URLSearchParams({ grant_type: grantType, assertion: await signAssertion(key, crypto, clock) })
    const { access_token: token, expires_in: seconds } = await request(
      { operation: 'serviceAccount.token', method: 'POST', url, body },
      answer,
    )
    kept.delete(id)
    const oldest = kept.keys().next()
    if (kept.size >= keptTokens && !oldest.done) kept.delete(oldest.value)
    kept.set(id, { token, until: clock.now() + seconds * 1000 - marginMs })
    return token
  }

  const askOnce = (id: string, key: ServiceAccountKey): Promise<string> => {
    const running = asked.get(id) ?? ask(id, key).finally(() => asked.delete(id))
    asked.set(id, running)
    return running
  }

  // The whole key counts: who knows only a tenant's address and key id must not get its token.
  const identify = async (key: ServiceAccountKey): Promise<string> =>
    encodeBase64Url(await crypto.sha256(encodeText(JSON.stringify([key.client_email, key.private_key_id, key.private_key]))))

  return {
    async get(key) {
      const id = await identify(key)
      const known = kept.get(id)
      return known !== undefined && known.until > clock.now() ? known.token : askOnce(id, key)
    },
    renew: async (key) => askOnce(await identify(key), key),
    async forget(key) {
      kept.delete(await identify(key))
    },
  }
}
