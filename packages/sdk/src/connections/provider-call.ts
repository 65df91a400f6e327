import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { AnyProvider, ProviderCall, ProviderPorts } from '../providers/provider.ts'
import { accessToken } from './access-token.ts'

/** What a provider may use, and nothing else of the context. */
export function providerPorts(context: Context, provider: AnyProvider): ProviderPorts {
  const { store, secrets, crypto, random, clock, logger, environment, pushUrl } = context
  return { store, secrets, crypto, random, clock, logger, environment, pushUrl, verifyVendorJwt: context.verifyJwt(provider) }
}

export function providerCall(context: Context, provider: AnyProvider, connection: Connection): ProviderCall {
  return { ...providerPorts(context, provider), connection, accessToken: () => accessToken(context, connection) }
}
