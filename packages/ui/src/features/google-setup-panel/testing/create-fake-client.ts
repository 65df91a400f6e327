import type { TenantryClient } from '@tenantry/sdk/client'
import { TenantryError } from '@tenantry/sdk/errors'
import { emptyGoogleBundle, googleFields, missingForService, missingForSetup, redirectUris } from '@tenantry/sdk/model'
import type { GoogleBundle, GoogleField, ServiceAccountKey } from '@tenantry/sdk/model'
import type {
  CheckReport,
  ConnectionSummary,
  GoogleChanges,
  GoogleGoodbye,
  GoogleSetupStatus,
  Provisioning,
  TestNotification,
} from '@tenantry/sdk/wire'
import { idleProvisioning } from './examples.ts'

export interface FakeServer {
  readonly client: TenantryClient
  /** Every save that arrived, in order. */
  readonly saves: GoogleChanges[]
  bundle: GoogleBundle
  version: number
  connections: ConnectionSummary[]
  report: CheckReport
  provisioning: Provisioning
  /** What the server does while a provisioning runs; it answers when that is over. */
  provision: () => Promise<void>
  testNotification: TestNotification
  goodbye: GoogleGoodbye | null
  /** How often each operation of the setup was asked for. */
  readonly calls: Record<string, number>
  /** Changes what the status says beyond the bundle. */
  overrides: Partial<GoogleSetupStatus>
  /** Thrown by the next call of this operation. */
  fail: Partial<Record<'status' | 'save' | 'test' | 'reset' | 'provision' | 'testNotification', TenantryError>>
}

const inAMinute = '2026-11-21T08:01:00.000Z'

/** A server in memory behind the typed client: it stores what is saved and says only what the wire allows. */
export function createFakeServer(initial: Partial<Omit<FakeServer, 'client' | 'saves' | 'calls'>> = {}): FakeServer {
  const server: FakeServer = {
    client: {
      google: {
        status: async () => answer('status', () => readStatus(server)),
        save: async (changes: GoogleChanges) => answer('save', () => save(server, changes)),
        test: async () => answer('test', () => server.report),
        reset: async ({ credentials }: { credentials: 'keep' | 'delete' }) =>
          answer('reset', () => {
            const disconnected = server.connections.length
            const remotePending = server.connections.slice(0, 1).map(({ id, name }) => ({ connectionId: id, name }))
            const pending = remotePending.map((left) => ({ ...left, code: 'provider_unavailable' as const, nextAttemptAt: inAMinute }))
            server.goodbye = { total: disconnected, done: disconnected - pending.length, pending, givenUp: [] }
            server.connections = []
            if (credentials === 'delete') server.bundle = emptyGoogleBundle
            server.version += 1
            return { disconnected, remotePending, status: readStatus(server) }
          }),
        provision: async () => {
          await answer('provision', () => server.provision())
          return readStatus(server)
        },
        testNotification: async () => answer('testNotification', () => server.testNotification),
        setupScript: async (options?: { readonly as?: string }) =>
          options?.as === 'terraform' ? 'resource "google_pubsub_topic" "gmail" {}' : 'gcloud pubsub topics create EXAMPLE_topic',
      },
      connections: { list: async () => server.connections },
    } as unknown as TenantryClient,
    saves: [],
    calls: {},
    bundle: emptyGoogleBundle,
    version: 0,
    connections: [],
    report: { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:03.200Z', checks: [] },
    provisioning: idleProvisioning,
    provision: async () => {
      server.provisioning = { ...server.provisioning, state: 'done' }
    },
    testNotification: { requestedAt: '2026-11-21T08:00:00.000Z', sent: true, command: 'gcloud pubsub topics publish EXAMPLE_topic' },
    goodbye: null,
    overrides: {},
    fail: {},
    ...initial,
  }
  const answer = async <Value>(operation: keyof FakeServer['fail'], act: () => Value | Promise<Value>): Promise<Value> => {
    server.calls[operation] = (server.calls[operation] ?? 0) + 1
    const error = server.fail[operation]
    if (!error) return act()
    delete server.fail[operation]
    throw error
  }
  return server
}

function readStatus({ bundle, version, connections, provisioning, goodbye, overrides }: FakeServer): GoogleSetupStatus {
  const missing = missingForSetup(bundle, ['gmail', 'calendar'])
  const set = googleFields.filter((field) => bundle[field] !== undefined)
  return {
    state: set.length === 0 ? 'missing' : missing.length === 0 ? 'configured' : 'partial',
    version: version === 0 ? null : `v${version}`,
    calendarMode: bundle.calendarMode,
    notifications: bundle.notifications,
    userType: bundle.userType,
    projectId: bundle.projectId ?? null,
    calendarProjectId: bundle.calendarProjectId ?? null,
    maskedClientId: bundle.clientId ? '123456789012-…cdef.apps.googleusercontent.com' : null,
    maskedCalendarClientId: bundle.calendarClientId ? '123456789012-…cal1.apps.googleusercontent.com' : null,
    fields: Object.fromEntries(googleFields.map((field) => [field, readFact(bundle, field)])) as GoogleSetupStatus['fields'],
    missing,
    missingFor: { gmail: missingForService(bundle, 'gmail'), calendar: missingForService(bundle, 'calendar') },
    redirectUris: redirectUris('https://app.example.com'),
    baseUrlProblem: null,
    pushPossible: true,
    scopes: {
      gmail: ['https://www.googleapis.com/auth/gmail.readonly'],
      calendar: ['https://www.googleapis.com/auth/calendar'],
      identity: ['openid', 'https://www.googleapis.com/auth/userinfo.email'],
    },
    connections: {
      gmail: connections.filter(({ provider }) => provider === 'gmail').length,
      calendar: connections.filter(({ provider }) => provider === 'google-calendar').length,
    },
    provisioning: {
      ...provisioning,
      names: bundle.projectId === undefined ? null : provisioning.names,
      topicName: bundle.topicName ?? null,
      pushServiceAccount: bundle.pushServiceAccount ?? null,
    },
    goodbye,
    endingSignIns: connections.flatMap(({ id, name, health }) =>
      health.signInEndsAt === null ? [] : [{ connectionId: id, name, endsAt: health.signInEndsAt }],
    ),
    permissions: { save: true, test: true, reset: true },
    ...overrides,
  }
}

function readFact(bundle: GoogleBundle, field: GoogleField): GoogleSetupStatus['fields'][GoogleField] {
  if (bundle[field] === undefined) return { set: false }
  return { set: true, fingerprint: 'a1b2c3', updatedAt: '2026-11-03T10:00:00.000Z', updatedBy: 'Dana' }
}

function save(server: FakeServer, changes: GoogleChanges): GoogleSetupStatus {
  server.saves.push(structuredClone(changes))
  if (changes.ifVersion !== undefined && changes.ifVersion !== readStatus(server).version) throw new TenantryError('conflict')
  const { ifVersion: _, calendarMode, notifications, userType, topicName, pushServiceAccount, ...secrets } = changes
  const open = definedOnly({ calendarMode, notifications, userType, topicName, pushServiceAccount })
  const next = { ...server.bundle, ...open } as Record<string, unknown>
  for (const [field, change] of Object.entries(secrets)) {
    if (change?.action === 'remove') delete next[field]
    if (change?.action === 'replace')
      next[field] = field === 'serviceAccountKey' ? (JSON.parse(change.value) as ServiceAccountKey) : change.value
  }
  server.bundle = next as unknown as GoogleBundle
  server.version += 1
  return readStatus(server)
}

function definedOnly(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
