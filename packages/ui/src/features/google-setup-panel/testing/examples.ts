import type { GoogleBundle } from '@tenantry/sdk/model'
import { emptyGoogleBundle } from '@tenantry/sdk/model'
import type { Check, CheckReport, ConnectionSummary, Provisioning } from '@tenantry/sdk/wire'

export const exampleClientId = '123456789012-abcdefEXAMPLE'.toLowerCase() + '.apps.googleusercontent.com'
export const exampleSecret = 'GOCSPX-EXAMPLE_secret_value_1'
export const exampleProject = 'acme-mail-473210'

export const exampleKey = {
  type: 'service_account',
  project_id: exampleProject,
  private_key_id: 'EXAMPLE0000000009c1e07aa',
  private_key: '-----BEGIN PRIVATE KEY-----\nRVhBTVBMRV9rZXk=\n-----END PRIVATE KEY-----\n',
  client_email: `helpdesk-pubsub@${exampleProject}.iam.gserviceaccount.com`,
  client_id: '100000000000000000001',
} as const

export const configuredBundle: GoogleBundle = {
  ...emptyGoogleBundle,
  userType: 'internal',
  projectId: exampleProject,
  clientId: exampleClientId,
  clientSecret: exampleSecret,
  serviceAccountKey: exampleKey,
}

/** Nothing is set up at Google yet; the names are those of the project. */
export const idleProvisioning: Provisioning = {
  state: 'idle',
  steps: [],
  transport: 'push',
  names: {
    topic: `projects/${exampleProject}/topics/tenantry-gmail`,
    subscription: `projects/${exampleProject}/subscriptions/tenantry-gmail-push`,
    endpoint: 'https://app.example.com/api/email/webhooks/google/EXAMPLE_key',
    audience: 'https://app.example.com/api/email/webhooks/google',
    publisher: 'gmail-api-push@system.gserviceaccount.com',
    pushServiceAccount: `tenantry-push@${exampleProject}.iam.gserviceaccount.com`,
  },
  topicName: null,
  pushServiceAccount: null,
  lastReceivedAt: null,
  malformed: 0,
  pollEveryMs: 300_000,
}

/** Google's client JSON, as "Download JSON" gives it. */
export function createClientFile(web: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    web: {
      client_id: exampleClientId,
      project_id: exampleProject,
      client_secret: exampleSecret,
      redirect_uris: ['https://app.example.com/api/auth/google/callback', 'https://app.example.com/api/auth/google/calendar/callback'],
      ...web,
    },
  })
}

export function createConnection(
  name: string,
  provider: 'gmail' | 'google-calendar',
  signInEndsAt: string | null = null,
): ConnectionSummary {
  const at = '2026-11-20T08:00:00.000Z'
  return {
    id: `connection-${name}`,
    provider,
    name,
    settings: {},
    address: `${name.toLowerCase()}@acme.com`,
    owner: { userId: 'dana', name: 'Dana' },
    health: {
      status: 'connected',
      reason: null,
      values: {},
      since: at,
      nextAttemptAt: null,
      failures: 0,
      delivery: 'push',
      deliveryReason: null,
      lastSyncAt: at,
      lastPushAt: at,
      lastItemAt: at,
      renewBy: null,
      signInEndsAt,
      lookEveryMs: 3_600_000,
      quarantined: 0,
    },
    createdAt: at,
    updatedAt: at,
    version: 1,
    technical: {},
    sharesSignIn: false,
    goodbye: null,
    permissions: { update: true, reconnect: true, disconnect: true, remove: true, sync: true, diagnose: true },
  }
}

/** A report of these checks; what is left out of a check does not apply to it. */
export function createReport(checks: readonly (Pick<Check, 'id' | 'status'> & Partial<Check>)[]): CheckReport {
  return {
    startedAt: '2026-11-21T08:00:00.000Z',
    finishedAt: '2026-11-21T08:00:03.200Z',
    checks: checks.map((check) => ({
      code: null,
      values: {},
      expected: null,
      actual: null,
      facts: {},
      fix: null,
      blockedBy: null,
      durationMs: 100,
      ...check,
    })),
  }
}
