import type { Context } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { TenantryError } from '../errors/index.ts'
import type { Connection } from '../model/connection.ts'
import { revealSecret } from '../model/secret.ts'
import type { Secret } from '../model/secret.ts'
import type { AnyProvider, ProviderCall } from '../providers/provider.ts'
import { accessToken } from './access-token.ts'

/**
 * Asks for a token for each audience of a sign-in that is stored: its own for the first, and one refresh for each further one, so that what a vendor
 * refuses does not show up only when it is needed. A refusal is thrown to whoever wants that token.
 */
export async function openAudiences(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  own: Secret,
): Promise<ProviderCall['accessToken']> {
  const [first, ...further] = provider.audiences(connection.settings).map(({ name }) => name)
  const tokens = new Map<string | undefined, string | TenantryError>([[first, revealSecret(own)]])
  for (const audience of further) tokens.set(audience, await askFor(context, connection, audience))
  return async (audience = first) => {
    const token = tokens.get(audience)
    if (token === undefined) throw new TypeError(`${provider.name} has no audience ${audience ?? ''} with these settings`)
    if (typeof token !== 'string') throw token
    return token
  }
}

/** In person: what the vendor says at the first time is what is told. */
async function askFor(context: Context, connection: Connection, audience: string): Promise<string | TenantryError> {
  try {
    return await accessToken(context, connection, { audience, renew: true })
  } catch (error) {
    if (isTenantryError(error)) return error
    throw error
  }
}
