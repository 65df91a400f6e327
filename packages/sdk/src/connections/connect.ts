import type { Context } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider } from '../providers/provider.ts'
import { beginFlow } from './begin-flow.ts'
import type { BegunFlow, FlowTarget } from './begin-flow.ts'
import { findByAddress } from './find-by-address.ts'
import { guard } from './guard.ts'
import { newConnection } from './new-connection.ts'
import { parseName } from './parse-name.ts'
import { resolveApp } from './resolve-app.ts'

export interface ConnectOptions extends FlowTarget {
  readonly principal: Principal
  /** `name` plus the provider's own settings. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** A sign-in that nobody finishes is forgotten after this. */
export const draftLifeMs = 60 * 60_000

/**
 * Starts a connection and returns the consent URL to send the person to. The app that the settings name is used, the tenant's own by default, and never another.
 * @throws `forbidden`, `google_not_configured`, `invalid_input` and the fields' codes, `connection_exists`, `flow_limit`, `return_to_invalid`, `unavailable`
 */
export async function connect(context: Context, provider: AnyProvider, options: ConnectOptions): Promise<BegunFlow> {
  const { principal } = options
  await guard(context, principal, 'connection.connect', { id: null, provider: provider.name, ownerUserId: principal.userId })
  const { name, ...rest } = options.settings
  const parsedName = parseName(name)
  const settings = { ...provider.parseSettings(rest) }
  const app = await resolveApp(context, { tenantId: principal.tenantId, settings }, provider)
  await refuseDuplicate(context, principal.tenantId, provider, provider.address?.(settings) ?? provider.loginHint(settings))
  const connection = newConnection(context, {
    tenantId: principal.tenantId,
    provider: provider.name,
    ownerUserId: principal.userId,
    ownerName: principal.displayName ?? null,
    name: parsedName,
    settings,
    appVersion: app.version,
  })
  await context.store.transaction(async (transaction) => {
    await transaction.connections.insert(connection)
    await transaction.tasks.schedule({
      tenantId: connection.tenantId,
      connectionId: connection.id,
      kind: 'clean-up',
      dueAt: connection.createdAt + draftLifeMs,
    })
  })
  try {
    return await beginFlow(context, { principal, provider, connection, settings: null, app, target: options, forceConsent: true })
  } catch (error) {
    await context.store.connections.remove(principal.tenantId, connection.id)
    throw error
  }
}

/** @throws `connection_exists` when the address is connected already */
async function refuseDuplicate(context: Context, tenantId: string, provider: AnyProvider, address: string | undefined): Promise<void> {
  if (address === undefined) return
  const [existing] = (await findByAddress(context.store, tenantId, provider, address)).filter(({ status }) => status !== 'disconnected')
  if (existing !== undefined) throw new TenantryError('connection_exists', { field: 'mailbox', values: { name: existing.name } })
}
