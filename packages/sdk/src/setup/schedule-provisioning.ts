import type { Context } from '../context.ts'
import type { SecretName } from '../ports/index.ts'

/** Connections of the tenant's app, or of one provider, open their pipe anew now: what they waited for may be there, and what they use may have changed. */
export async function scheduleProvisioning(context: Context, tenantId: string, vendor: SecretName, only?: string): Promise<void> {
  const all = await context.store.connections.list(tenantId)
  const waiting = all.filter(
    ({ provider, account, status }) =>
      context.providers.get(provider)?.vendor.name === vendor &&
      (only === undefined || provider === only) &&
      account !== null &&
      status !== 'disconnected',
  )
  for (const { id } of waiting)
    await context.store.tasks.schedule({ tenantId, connectionId: id, kind: 'provision', dueAt: context.clock.now(), reset: true })
  if (waiting.length > 0) context.jobs.wake()
}
