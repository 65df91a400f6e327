import type { TenantryClient } from '@tenantry/sdk/client'
import { TenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Choices, ConnectionSummary, ConnectResult, FlowStatus, GoogleSetupStatus, Health } from '@tenantry/sdk/wire'

const fact = { set: true, fingerprint: 'a1b2c3', updatedAt: '2026-11-03T09:00:00.000Z', updatedBy: 'Dana' } as const

export const healthy: Health = {
  status: 'connected',
  reason: null,
  values: {},
  since: '2026-11-21T08:00:00.000Z',
  nextAttemptAt: null,
  failures: 0,
  delivery: 'push',
  deliveryReason: null,
  lastSyncAt: '2026-11-21T08:56:00.000Z',
  lastPushAt: '2026-11-21T08:56:00.000Z',
  lastItemAt: '2026-11-21T08:56:00.000Z',
  renewBy: '2026-11-22T08:00:00.000Z',
  signInEndsAt: null,
  lookEveryMs: 3_600_000,
  quarantined: 0,
}

export const configuredSetup: GoogleSetupStatus = {
  state: 'configured',
  version: 'v1',
  calendarMode: 'shared',
  notifications: 'managed',
  userType: 'external',
  projectId: 'acme-mail',
  calendarProjectId: null,
  maskedClientId: '473210…apps.googleusercontent.com',
  maskedCalendarClientId: null,
  fields: {
    clientId: fact,
    clientSecret: fact,
    calendarClientId: { set: false },
    calendarClientSecret: { set: false },
    projectId: fact,
    calendarProjectId: { set: false },
    serviceAccountKey: fact,
  },
  missing: [],
  missingFor: { gmail: [], calendar: [] },
  redirectUris: {
    gmail: 'https://app.example.com/api/auth/google/callback',
    calendar: 'https://app.example.com/api/auth/google/calendar/callback',
  },
  baseUrlProblem: null,
  pushPossible: true,
  scopes: { gmail: ['gmail.modify'], calendar: ['calendar.events'], identity: ['openid', 'email'] },
  connections: { gmail: 1, calendar: 1 },
  provisioning: null,
  endingSignIns: [],
  goodbye: null,
  permissions: { save: true, test: true, reset: true },
}

export function makeConnection(changes: Partial<ConnectionSummary> = {}): ConnectionSummary {
  return {
    id: 'c1',
    provider: 'gmail',
    name: 'Support',
    settings: { mailbox: 'support@acme.com', labelIds: ['INBOX'], labelMode: 'include' },
    address: 'support@acme.com',
    owner: { userId: 'u1', name: 'Dana' },
    health: healthy,
    createdAt: '2026-11-03T09:00:00.000Z',
    updatedAt: '2026-11-03T09:00:00.000Z',
    version: 1,
    technical: {},
    sharesSignIn: false,
    goodbye: null,
    permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true },
    ...changes,
  }
}

type Refusable =
  | 'status'
  | 'connect'
  | 'reconnect'
  | 'update'
  | 'disconnect'
  | 'sync'
  | 'get'
  | 'flow'
  | 'choices'
  | 'repair'
  | 'connectAnother'

export interface FakeServer {
  readonly client: TenantryClient
  /** Every call, in order, as `name` and input. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  setup: GoogleSetupStatus
  /** What can be chosen in every account. */
  choices: Choices['choices']
  readonly connections: Map<string, ConnectionSummary>
  readonly flows: Map<string, FlowStatus>
  /** Makes an operation fail until told otherwise with `null`. */
  refuse(operation: Refusable, failure: TenantryError | null): void
  /** Holds back the answers to `connect` and `reconnect` until the returned function is called. */
  holdConnect(): () => void
  /** What the callback does: the newest flow ends. */
  finishFlow(end: { code?: ErrorCode; values?: Record<string, string>; health?: Partial<Health>; flowId?: string }): void
}

const EXPIRES = '2026-11-21T09:10:00.000Z'

/** An in-memory server behind a typed client: what was connected stays, a flow is pending until it is finished. */
export function createFakeServer(setup: GoogleSetupStatus = configuredSetup): FakeServer {
  const refusals = new Map<Refusable, TenantryError>()
  const calls: FakeServer['calls'] = []
  const connections = new Map<string, ConnectionSummary>()
  const flows = new Map<string, FlowStatus>()
  let gate: Promise<void> = Promise.resolve()
  let served = setup
  let choices: Choices['choices'] = {}

  const enter = async (operation: Refusable, name: string, input: unknown) => {
    calls.push({ name, input })
    const refusal = refusals.get(operation)
    if (refusal) throw refusal
  }
  const read = (id: string) => {
    const connection = connections.get(id)
    if (!connection) throw new TenantryError('not_found')
    return connection
  }
  const write = (id: string, changes: Partial<ConnectionSummary>) => {
    const connection = { ...read(id), ...changes }
    connections.set(id, connection)
    return connection
  }
  const begin = async (connectionId: string, provider: string): Promise<ConnectResult> => {
    const flowId = `flow-${flows.size + 1}`
    flows.set(flowId, { flowId, connectionId, status: 'pending', code: null, values: {}, expiresAt: EXPIRES })
    const url = new URL('https://accounts.google.com/o/oauth2/v2/auth')
    url.searchParams.set('client_id', '473210987654-EXAMPLE.apps.googleusercontent.com')
    url.searchParams.set('redirect_uri', provider === 'gmail' ? setup.redirectUris.gmail : setup.redirectUris.calendar)
    url.searchParams.set('state', `EXAMPLE_state-${flowId}`)
    await gate
    return { connectionId, flowId, authorizationUrl: url.href, expiresAt: EXPIRES }
  }

  const client: TenantryClient = {
    google: {
      status: async () => {
        await enter('status', 'google.status', null)
        return served
      },
      save: () => Promise.reject(new TenantryError('forbidden')),
      test: () => Promise.reject(new TenantryError('forbidden')),
      reset: () => Promise.reject(new TenantryError('forbidden')),
      setupScript: () => Promise.reject(new TenantryError('forbidden')),
      provision: () => Promise.reject(new TenantryError('forbidden')),
      testNotification: () => Promise.reject(new TenantryError('forbidden')),
      supportBundle: () => Promise.reject(new TenantryError('forbidden')),
    },
    microsoft: {
      status: () => Promise.reject(new TenantryError('forbidden')),
      save: () => Promise.reject(new TenantryError('forbidden')),
      test: () => Promise.reject(new TenantryError('forbidden')),
      reset: () => Promise.reject(new TenantryError('forbidden')),
      setupScript: () => Promise.reject(new TenantryError('forbidden')),
    },
    connections: {
      list: async ({ provider } = {}) =>
        [...connections.values()].filter((connection) => provider === undefined || connection.provider === provider),
      get: async (id) => {
        await enter('get', 'connections.get', id)
        return read(id)
      },
      connect: async (input) => {
        await enter('connect', 'connections.connect', input)
        const id = `c${connections.size + 1}`
        const { name, ...settings } = input.settings
        const health: Health = {
          ...healthy,
          status: 'connecting',
          delivery: 'polling',
          lastSyncAt: null,
          lastPushAt: null,
          lastItemAt: null,
        }
        connections.set(id, makeConnection({ id, provider: input.provider, name: String(name), settings, address: null, health }))
        return begin(id, input.provider)
      },
      reconnect: async (id, input) => {
        await enter('reconnect', 'connections.reconnect', { id, ...input })
        return begin(id, read(id).provider)
      },
      update: async (id, input) => {
        await enter('update', 'connections.update', { id, ...input })
        const { health, name, settings } = read(id)
        const status = input.paused === undefined ? health.status : input.paused ? 'paused' : 'connected'
        if (health.reason === 'calendar_not_chosen' && typeof input.settings?.['calendarId'] === 'string') {
          const started: Health = { ...health, status: 'connected', reason: null, lastSyncAt: null, lastItemAt: null }
          return write(id, { name: input.name ?? name, settings: { ...settings, ...input.settings }, health: started })
        }
        return write(id, { name: input.name ?? name, settings: { ...settings, ...input.settings }, health: { ...health, status } })
      },
      disconnect: async (id, input = {}) => {
        await enter('disconnect', 'connections.disconnect', { id, ...input })
        return write(id, { health: { ...read(id).health, status: 'disconnected' } })
      },
      remove: () => Promise.reject(new TenantryError('forbidden')),
      sync: async (id) => {
        await enter('sync', 'connections.sync', id)
        return read(id)
      },
      diagnose: () => Promise.reject(new TenantryError('forbidden')),
      choices: async (id) => {
        await enter('choices', 'connections.choices', id)
        return { choices }
      },
      connectAnother: async (id, input) => {
        await enter('connectAnother', 'connections.connectAnother', { id, ...input })
        const { name, ...settings } = input.settings
        const made = makeConnection({ ...read(id), id: `c${connections.size + 1}`, name: String(name), settings })
        connections.set(made.id, made)
        return made
      },
      repair: async (id) => {
        await enter('repair', 'connections.repair', id)
        return read(id)
      },
      redrive: () => Promise.reject(new TenantryError('forbidden')),
      testMessage: () => Promise.reject(new TenantryError('forbidden')),
      supportBundle: () => Promise.reject(new TenantryError('forbidden')),
    },
    flows: {
      get: async (id) => {
        await enter('flow', 'flows.get', id)
        const flow = flows.get(id)
        if (!flow) throw new TenantryError('not_found')
        return flow
      },
    },
  }

  return {
    client,
    calls,
    connections,
    flows,
    get setup() {
      return served
    },
    set setup(next) {
      served = next
    },
    get choices() {
      return choices
    },
    set choices(next) {
      choices = next
    },
    refuse(operation, failure) {
      if (failure) refusals.set(operation, failure)
      else refusals.delete(operation)
    },
    holdConnect() {
      let release = () => {}
      gate = new Promise((resolve) => (release = resolve))
      return release
    },
    finishFlow({ code, values = {}, health = {}, flowId = [...flows.keys()].at(-1) ?? '' }) {
      const flow = flows.get(flowId)
      if (!flow) throw new TenantryError('not_found')
      flows.set(flowId, { ...flow, status: code === undefined ? 'connected' : 'failed', code: code ?? null, values })
      if (code !== undefined) return
      const { settings, health: before } = read(flow.connectionId)
      const address = typeof settings['mailbox'] === 'string' ? settings['mailbox'] : 'dana@acme.com'
      const arrived: Partial<Health> =
        settings['calendarId'] === null ? { status: 'error', reason: 'calendar_not_chosen' } : { status: 'connected', reason: null }
      write(flow.connectionId, { address, health: { ...before, ...arrived, ...health } })
    },
  }
}
