import type { TenantryClient } from '@tenantry/sdk/client'
import { TenantryError } from '@tenantry/sdk/errors'
import type { ConnectionSummary, GoogleSetupStatus, Health } from '@tenantry/sdk/wire'

type Call = 'list' | 'get' | 'update' | 'sync' | 'repair' | 'redrive' | 'disconnect' | 'remove' | 'reconnect' | 'status'

export interface FakeConnections {
  readonly client: TenantryClient
  /** Every change that arrived, such as `sync con_1`. */
  readonly calls: string[]
  connections: ConnectionSummary[]
  /** As far as a list looks at it. */
  app: Pick<GoogleSetupStatus, 'missingFor' | 'permissions'>
  /** Thrown by every call of this kind while it stands here. */
  fail: Partial<Record<Call, TenantryError>>
  /** Calls wait for this. */
  gate: Promise<void>
}

/** A server in memory behind the typed client. */
export function createFakeConnections(connections: ConnectionSummary[], more: Partial<FakeConnections> = {}): FakeConnections {
  const answer = async <Value>(call: Call, act: () => Value): Promise<Value> => {
    await server.gate
    const error = server.fail[call]
    if (error) throw error
    return act()
  }
  const find = (id: string): ConnectionSummary => {
    const found = server.connections.find((connection) => connection.id === id)
    if (!found) throw new TenantryError('not_found')
    return found
  }
  const change = (call: Call, id: string, health: Partial<Health>, ...more: string[]) =>
    answer(call, () => {
      server.calls.push([call, id, ...more].join(' '))
      const before = find(id)
      const next = { ...before, version: before.version + 1, health: { ...before.health, ...health } }
      server.connections = server.connections.map((connection) => (connection.id === id ? next : connection))
      return next
    })
  const server: FakeConnections = {
    client: {
      google: { status: () => answer('status', () => server.app) },
      connections: {
        list: ({ provider }: { provider?: string } = {}) =>
          answer('list', () => server.connections.filter((connection) => provider === undefined || connection.provider === provider)),
        get: (id: string) => answer('get', () => find(id)),
        update: (id: string, { paused }: { paused?: boolean }) =>
          change('update', id, { status: paused === true ? 'paused' : 'connected' }),
        sync: (id: string) => change('sync', id, {}),
        repair: (id: string) => change('repair', id, {}),
        redrive: async (id: string) => {
          const { quarantined } = find(id).health
          await change('redrive', id, { quarantined: 0 })
          return { redriven: quarantined }
        },
        disconnect: (id: string, { revoke }: { revoke?: boolean } = {}) =>
          change('disconnect', id, { status: 'disconnected', reason: null }, `revoke ${revoke}`),
        remove: async (id: string) => {
          await change('remove', id, {})
          server.connections = server.connections.filter((connection) => connection.id !== id)
        },
        reconnect: (id: string) =>
          answer('reconnect', () => ({
            connectionId: id,
            flowId: 'flow_1',
            authorizationUrl: 'https://accounts.example.com/',
            expiresAt: '',
          })),
      },
    } as unknown as TenantryClient,
    calls: [],
    connections,
    app: { missingFor: { gmail: [], calendar: [] }, permissions: { save: true, test: true, reset: true } },
    fail: {},
    gate: Promise.resolve(),
    ...more,
  }
  return server
}
