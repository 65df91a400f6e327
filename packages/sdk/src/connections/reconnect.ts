import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { isDraft } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { beginFlow } from './begin-flow.ts'
import type { BegunFlow, FlowTarget } from './begin-flow.ts'
import { parseChoices } from './change-choices.ts'
import { factsOf, guard, loadGuarded } from './guard.ts'
import { resolveApp } from './resolve-app.ts'

export interface ReconnectOptions extends FlowTarget {
  readonly principal: Principal
  readonly connectionId: string
  /** Other settings, which hold once the sign-in has succeeded: for what `update` says needs one. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Asks for a new sign-in of the same account. Until it succeeds the connection stays as it is; nothing that was received is lost.
 * @throws `not_found`, `forbidden`, `google_not_configured`, `microsoft_not_configured`, `invalid_input` and the fields' codes, `flow_limit`, `unavailable`
 */
export async function reconnect(context: Context, options: ReconnectOptions): Promise<BegunFlow> {
  const connection = await loadGuarded(context, options.principal, 'connection.reconnect', options.connectionId)
  if (isDraft(connection)) await guard(context, options.principal, 'connection.connect', factsOf(connection))
  const provider = providerNamed(context, connection.provider)
  const settings = options.settings === undefined ? null : await parseChoices(context.store, provider, connection, options.settings)
  const app = await resolveApp(context, { ...connection, settings: settings ?? connection.settings }, provider)
  return beginFlow(context, { principal: options.principal, provider, connection, settings, app, target: options, forceConsent: true })
}
