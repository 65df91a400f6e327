import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { ConnectionSummary } from '../wire/index.ts'
import { loadGuarded } from './guard.ts'
import { summarize } from './summarize.ts'

/** One connection. @throws `not_found`, `forbidden`, `unavailable` */
export async function get(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<ConnectionSummary> {
  return summarize(context, options.principal, await loadGuarded(context, options.principal, 'connection.read', options.connectionId))
}
