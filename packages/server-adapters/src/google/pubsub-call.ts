import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ServiceAccountKey } from '@tenantry/sdk/model'
import type * as z from 'zod/mini'
import type { RestRequest } from '../rest/create-request.ts'
import type { RestCall } from '../rest/rest-call.ts'
import type { ServiceAccountTokens } from './service-account-tokens.ts'

/** Calls Pub/Sub as a tenant's service account. @throws ProviderRefusal */
export type PubSubCall = <T>(key: ServiceAccountKey, details: Omit<RestCall, 'accessToken'>, answer: z.ZodMiniType<T>) => Promise<T>

export function createPubSubCall(request: RestRequest, tokens: ServiceAccountTokens): PubSubCall {
  return async (key, details, answer) => {
    const accessToken = await tokens.get(key)
    try {
      return await request({ ...details, accessToken }, answer)
    } catch (error) {
      if (error instanceof ProviderRefusal && error.httpStatus === 401) await tokens.forget(key)
      throw error
    }
  }
}
