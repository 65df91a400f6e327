import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import { beginFlow } from './begin-flow.ts'
import type { BegunFlow, FlowTarget } from './begin-flow.ts'
import { loadGuarded } from './guard.ts'
import { resolveApp } from './resolve-app.ts'

export interface ReconnectOptions extends FlowTarget {
  readonly principal: Principal
  readonly connectionId: string
}

/**
 * Asks for a new sign-in of the same account. Until it succeeds the connection stays as it is; nothing that was received is lost.
 * @throws `not_found`, `forbidden`, `google_not_configured`, `flow_limit`, `unavailable`
 */
export async function reconnect(context: Context, options: ReconnectOptions): Promise<BegunFlow> {
  const connection = await loadGuarded(context, options.principal, 'connection.reconnect', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  const app = await resolveApp(context, connection.tenantId, provider)
  return beginFlow(context, { principal: options.principal, provider, connection, app, target: options, forceConsent: true })
}
