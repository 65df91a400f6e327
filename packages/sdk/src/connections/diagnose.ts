import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { TenantryError } from '../errors/index.ts'
import type { Principal } from '../model/principal.ts'
import { missingScopes } from '../model/scopes.ts'
import type { CheckReport } from '../wire/index.ts'
import { accessToken } from './access-token.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'
import { runChecks } from './run-checks.ts'

const dayMs = 24 * 60 * 60_000
const upkeepLateMs = 60 * 60_000

/** Checks one connection against the provider's live answers. @throws `not_found`, `forbidden`, `unavailable` */
export async function diagnose(
  context: Context,
  options: { readonly principal: Principal; readonly connectionId: string },
): Promise<CheckReport> {
  const connection = await loadGuarded(context, options.principal, 'connection.diagnose', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  const now = context.clock.now()
  const subject = [connection.tenantId, connection.id] as const
  return runChecks(context, [
    {
      id: 'grant',
      run: async () => {
        await accessToken(context, connection)
        await provider.probe(providerCall(context, provider, connection))
        return { actual: connection.account?.address ?? null }
      },
    },
    {
      id: 'scopes',
      run: () => {
        const missing = missingScopes(provider.scopes, connection.grantedScopes.join(' '))
        if (missing.length > 0) throw new TenantryError('insufficient_scope', { values: { scopes: missing.join(', ') } })
        return Promise.resolve({ expected: provider.scopes.join(' '), actual: connection.grantedScopes.join(' ') })
      },
    },
    {
      id: 'watch',
      run: async () => {
        if (connection.delivery === 'polling') return { status: 'warn', code: connection.deliveryReason }
        const live = (await context.store.subscriptions.list(...subject)).find(({ state }) => state === 'active')
        const end = live?.expiresAt ?? 0
        const actual = live === undefined ? null : new Date(end).toISOString()
        return end <= now
          ? { status: 'fail', code: 'pubsub_read_back_failed', actual }
          : { status: end - now < dayMs ? 'warn' : 'pass', actual }
      },
    },
    {
      id: 'delivery',
      run: () =>
        Promise.resolve({
          status: connection.lastPushAt === null && connection.delivery === 'push' ? 'warn' : 'pass',
          actual: connection.lastPushAt === null ? null : new Date(connection.lastPushAt).toISOString(),
        }),
    },
    {
      id: 'maintenance',
      run: async () => {
        const task = await context.store.tasks.get(...subject, 'reconcile')
        const late = task === null || now - task.dueAt > upkeepLateMs
        return {
          status: late ? 'fail' : 'pass',
          code: late ? 'internal' : null,
          actual: task === null ? null : new Date(task.dueAt).toISOString(),
        }
      },
    },
  ])
}
