import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import { isLive } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import type { Choices } from '../wire/index.ts'
import { classifyAny } from './classify-any.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'

/**
 * What can be chosen in the account now, by the name of the setting; nothing when the provider has nothing to choose.
 * @throws `not_found`, `forbidden`, the connection's reason when it cannot be used, the provider's refusal
 */
export async function choices(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<Choices> {
  const connection = await loadGuarded(context, options.principal, 'connection.update', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  if (provider.choices === undefined) return { choices: {} }
  if (!isLive(connection.status)) throw new TenantryError(connection.reason ?? 'conflict')
  try {
    const found = await provider.choices(providerCall(context, provider, connection, { paced: false }))
    return { choices: Object.fromEntries(Object.entries(found).map(([setting, list]) => [setting, list.map((choice) => ({ ...choice }))])) }
  } catch (error) {
    throw classifyAny(context, error)
  }
}
