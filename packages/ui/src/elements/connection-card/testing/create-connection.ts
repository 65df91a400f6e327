import type { ConnectionSummary, Health } from '@tenantry/sdk/wire'

/** What the fixtures take for now. */
export const exampleNow = Date.parse('2026-11-21T10:00:00Z')

const hour = 3_600_000

/** A moment so many hours from now; negative: ago. */
export function inHours(hours: number): string {
  return new Date(exampleNow + hours * hour).toISOString()
}

/** A mailbox that works, with notifications, unless said otherwise. */
export function createConnection(
  health: Partial<Health> = {},
  more: Partial<Omit<ConnectionSummary, 'health' | 'permissions'>> & { permissions?: Partial<ConnectionSummary['permissions']> } = {},
): ConnectionSummary {
  const { permissions, ...rest } = more
  return {
    id: 'con_1',
    provider: 'gmail',
    name: 'Support',
    settings: { mailbox: 'support@acme.test', labelIds: ['INBOX'], labelMode: 'include' },
    address: 'support@acme.test',
    owner: { userId: 'dana', name: 'Dana' },
    health: {
      status: 'connected',
      reason: null,
      values: {},
      since: inHours(-3),
      nextAttemptAt: null,
      failures: 0,
      delivery: 'push',
      deliveryReason: null,
      lastSyncAt: inHours(-0.1),
      lastPushAt: inHours(-0.1),
      lastItemAt: inHours(-4),
      renewBy: inHours(72),
      signInEndsAt: null,
      lookEveryMs: hour,
      quarantined: 0,
      ...health,
    },
    createdAt: '2026-11-03T10:00:00.000Z',
    updatedAt: '2026-11-03T10:00:00.000Z',
    version: 1,
    technical: { topic: 'projects/acme-mail-473210/topics/EXAMPLE_topic' },
    sharesSignIn: false,
    goodbye: null,
    permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true, ...permissions },
    ...rest,
  }
}

/** As a member sees it: to look at, not to change. */
export const readOnlyPermissions: ConnectionSummary['permissions'] = {
  update: false,
  reconnect: false,
  disconnect: false,
  remove: false,
  sync: false,
  diagnose: false,
}
