import type { CompletedFlow, ReceivedPush } from '@tenantry/sdk'
import type { ConnectionSummary, GoogleSetupStatus, MicrosoftSetupStatus } from '@tenantry/sdk/wire'
import type { HandlerSdk } from '../handler-sdk.ts'

export interface RecordedCall {
  readonly verb: string
  readonly input: unknown
}

export interface RecordingSdk extends HandlerSdk {
  readonly calls: readonly RecordedCall[]
  /** What the last call was given. @throws when there was none */
  lastInput<Input>(): Input
}

export interface RecordingSdkOptions {
  /** Thrown by every verb instead of an answer. */
  readonly failure?: unknown
  /** How the sign-in ended. */
  readonly completed?: Partial<CompletedFlow>
  readonly received?: ReceivedPush
}

const baseUrl = 'https://app.example.com'

// What no contract declares; it must not get out.
const undeclared = { clientSecret: 'EXAMPLE_undeclared', internal: { refreshToken: 'EXAMPLE_undeclared' } }

const health = {
  status: 'connected',
  reason: null,
  values: {},
  since: '2026-11-21T08:00:00.000Z',
  nextAttemptAt: null,
  failures: 0,
  delivery: 'push',
  deliveryReason: null,
  lastSyncAt: null,
  lastPushAt: null,
  lastItemAt: null,
  renewBy: null,
  signInEndsAt: null,
  lookEveryMs: 900_000,
  quarantined: 0,
} as const

const connection: ConnectionSummary = {
  ...undeclared,
  id: 'c-1',
  provider: 'gmail',
  name: 'Support',
  settings: { mailbox: 'support@acme.test' },
  address: 'support@acme.test',
  owner: { userId: 'dana', name: 'Dana', ...undeclared },
  health: { ...health, ...undeclared },
  createdAt: '2026-11-21T08:00:00.000Z',
  updatedAt: '2026-11-21T08:00:00.000Z',
  version: 1,
  technical: { topic: 'projects/acme-mail-1/topics/t' },
  sharesSignIn: false,
  goodbye: null,
  permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true },
}

const unset = { set: false } as const

const status: GoogleSetupStatus = {
  ...undeclared,
  state: 'missing',
  version: null,
  calendarMode: 'shared',
  notifications: 'managed',
  userType: null,
  projectId: null,
  calendarProjectId: null,
  maskedClientId: null,
  maskedCalendarClientId: null,
  fields: {
    clientId: unset,
    clientSecret: unset,
    calendarClientId: unset,
    calendarClientSecret: unset,
    projectId: unset,
    calendarProjectId: unset,
    serviceAccountKey: unset,
  },
  missing: [],
  missingFor: { gmail: [], calendar: [] },
  redirectUris: { gmail: `${baseUrl}/api/auth/google/callback`, calendar: `${baseUrl}/api/auth/google/calendar/callback` },
  baseUrlProblem: null,
  pushPossible: true,
  scopes: { gmail: [], calendar: [], identity: [] },
  connections: { gmail: 0, calendar: 0 },
  provisioning: null,
  endingSignIns: [],
  goodbye: null,
  permissions: { save: true, test: true, reset: true },
}

const microsoftStatus: MicrosoftSetupStatus = {
  ...undeclared,
  state: 'missing',
  version: null,
  cloud: 'global',
  directoryId: null,
  maskedClientId: null,
  secretExpiresOn: null,
  secretDaysLeft: null,
  fields: { clientId: unset, clientSecret: unset, directoryId: unset },
  missing: [],
  redirectUri: `${baseUrl}/api/auth/microsoft/callback`,
  baseUrlProblem: null,
  pushPossible: true,
  adminConsentUrl: null,
  offers: [],
  relayName: null,
  hostApp: null,
  connections: 0,
  goodbye: null,
  permissions: { save: true, test: true, reset: true },
}

const report = { ...undeclared, startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:01.000Z', checks: [] }

const supportBundle = {
  ...undeclared,
  version: 1 as const,
  createdAt: '2026-11-21T08:00:00.000Z',
  bundle: { product: { name: 'Tenantry' } },
}

const begun = {
  ...undeclared,
  connectionId: 'c-1',
  flowId: 'f-1',
  authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  expiresAt: '2026-11-21T08:10:00.000Z',
  setCookie: '__Host-tn_f1=EXAMPLE_binding; Path=/; HttpOnly; SameSite=Lax; Secure',
}

const connected: CompletedFlow = {
  flowId: 'f-1',
  connectionId: 'c-1',
  outcome: 'connected',
  code: null,
  values: {},
  openerOrigin: baseUrl,
  returnTo: `${baseUrl}/settings?tab=mail`,
  clearCookie: '__Host-tn_f1=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure',
}

/** An sdk that notes what it is asked and answers more than the contract declares. */
export function createRecordingSdk(options: RecordingSdkOptions = {}): RecordingSdk {
  const calls: RecordedCall[] = []
  const answer =
    <T>(verb: string, value: T) =>
    async (input: unknown): Promise<T> => {
      calls.push({ verb, input })
      if ('failure' in options) throw options.failure
      return value
    }
  return {
    calls,
    lastInput<Input>() {
      const last = calls.at(-1)
      if (last === undefined) throw new Error('the sdk was not asked')
      return last.input as Input
    },
    baseUrl,
    allowedOrigins: [baseUrl, 'https://admin.example.com'],
    callbackPaths: ['/api/auth/google/callback', '/api/auth/google/calendar/callback'],
    pushPaths: ['/api/email/webhooks/google', '/api/calendar/webhooks/google'],
    google: {
      status: answer('google.status', status),
      save: answer('google.save', status),
      test: answer('google.test', report),
      reset: answer('google.reset', { ...undeclared, disconnected: 1, remotePending: [], status }),
      setupScript: answer('google.setupScript', { ...undeclared, script: 'gcloud', terraform: 'provider' }),
      provision: answer('google.provision', status),
      testNotification: answer('google.testNotification', {
        ...undeclared,
        requestedAt: '2026-11-21T08:00:00.000Z',
        sent: true,
        command: 'gcloud',
      }),
      supportBundle: answer('google.supportBundle', supportBundle),
    },
    microsoft: {
      status: answer('microsoft.status', microsoftStatus),
      save: answer('microsoft.save', microsoftStatus),
      test: answer('microsoft.test', report),
      reset: answer('microsoft.reset', { ...undeclared, disconnected: 1, remotePending: [], status: microsoftStatus }),
      setupScript: answer('microsoft.setupScript', { ...undeclared, script: 'az' }),
    },
    connections: {
      list: answer('connections.list', { ...undeclared, connections: [connection] }),
      connect: answer('connections.connect', begun),
      get: answer('connections.get', connection),
      update: answer('connections.update', connection),
      remove: answer('connections.remove', { ...undeclared, removed: true as const }),
      reconnect: answer('connections.reconnect', begun),
      disconnect: answer('connections.disconnect', connection),
      sync: answer('connections.sync', connection),
      diagnose: answer('connections.diagnose', report),
      choices: answer('connections.choices', {
        ...undeclared,
        choices: {
          labelIds: [{ ...undeclared, id: 'INBOX', name: 'INBOX', kind: 'system' as const, detail: null, color: null, access: null }],
        },
      }),
      connectAnother: answer('connections.connectAnother', connection),
      repair: answer('connections.repair', connection),
      markOwn: answer<void>('connections.markOwn', undefined),
      redrive: answer('connections.redrive', { ...undeclared, redriven: 1 }),
      testMessage: answer('connections.testMessage', { ...undeclared, to: 'dana@acme.test' }),
      supportBundle: answer('connections.supportBundle', supportBundle),
    },
    flows: {
      get: answer('flows.get', {
        ...undeclared,
        flowId: 'f-1',
        connectionId: 'c-1',
        status: 'pending' as const,
        code: null,
        values: {},
        expiresAt: '2026-11-21T08:10:00.000Z',
      }),
      complete: answer('flows.complete', { ...connected, ...options.completed }),
    },
    push: { receive: answer('push.receive', options.received ?? { answer: null }) },
  }
}
