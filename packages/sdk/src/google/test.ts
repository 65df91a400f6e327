import { guard } from '../connections/guard.ts'
import { runChecks } from '../connections/run-checks.ts'
import type { CheckDefinition } from '../connections/run-checks.ts'
import type { Context } from '../context.ts'
import type { CheckId } from '../model/check.ts'
import { isDraft } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import { fixOf } from '../model/fix-of.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { Principal } from '../model/principal.ts'
import { checkSameProject } from '../providers/gmail/check-project.ts'
import { checkPubSub } from '../providers/gmail/check-pubsub.ts'
import { loadPushSetup } from '../providers/gmail/push/setup.ts'
import type { PushSetup } from '../providers/gmail/push/setup.ts'
import { checkBaseUrl } from '../setup/check-base-url.ts'
import type { CheckReport } from '../wire/index.ts'
import { checkApis } from './check-apis.ts'
import { checkPair, checkProject, checkRedirectUris } from './check-app.ts'
import { checkArrival } from './check-arrival.ts'
import { checkKey } from './check-key.ts'
import { checkPublishing } from './check-publishing.ts'
import { loadBundle } from './load-bundle.ts'
import { loadGmail } from './load-gmail.ts'
import type { HostGmail } from './load-gmail.ts'
import { servicesOf } from './status.ts'

export interface TestOptions {
  readonly principal: Principal
  /** Answers these alone; what they need is run too. */
  readonly checks?: readonly CheckId[] | undefined
}

/**
 * Checks the setup against what Google says now; each check fails alone, and one that cannot run says which one it waits for.
 * @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function test(context: Context, options: TestOptions): Promise<CheckReport> {
  const { principal } = options
  await guard(context, principal, 'google.test')
  const { bundle, version } = await loadBundle(context, principal.tenantId)
  const connections = (await context.store.connections.list(principal.tenantId)).filter((connection) => !isDraft(connection))
  const services = servicesOf(context)
  const separate = services.includes('calendar') && bundle.calendarMode === 'separate'
  const gmail = loadGmail(context)
  const first = separate && gmail === null ? 'calendar' : 'gmail'
  const definitions: CheckDefinition[] = [
    { id: 'base_url', run: async () => checkBaseUrl(context) },
    { id: 'client_pair', run: () => checkPair(context, bundle, version, first) },
    ...(separate ? [{ id: 'calendar_client_pair', run: () => checkPair(context, bundle, version, 'calendar') } as const] : []),
    { id: 'redirect_uris', needs: 'client_pair', run: async () => checkRedirectUris(context, connections, services) },
    { id: 'publishing', run: () => checkPublishing(context, bundle, connections) },
    { id: 'apis', run: () => checkApis(context, bundle, connections, services) },
    ...(gmail === null ? [] : gmailDefinitions(context, { gmail, bundle, connections, tenantId: principal.tenantId })),
  ]
  return runChecks(context, definitions, {
    only: options.checks,
    fixOf: (code, values) => fixOf(code, values, bundle.projectId ?? null),
  })
}

interface GmailInput {
  readonly gmail: HostGmail
  readonly bundle: GoogleBundle
  readonly connections: readonly Connection[]
  readonly tenantId: string
}

function gmailDefinitions(context: Context, { gmail, bundle, connections, tenantId }: GmailInput): CheckDefinition[] {
  const load = (): Promise<PushSetup> => loadPushSetup(gmail.ports, tenantId, gmail.options)
  const mailboxes = connections.filter(({ provider }) => provider === gmail.provider.name)
  const project = {
    projectId: bundle.projectId ?? null,
    clientId: bundle.clientId ?? null,
    keyProjectId: bundle.serviceAccountKey?.project_id ?? null,
  }
  const now = context.clock.now()
  const own: CheckDefinition[] = [
    { id: 'project_id', run: async () => checkProject(bundle) },
    { id: 'same_project', run: () => checkSameProject({ store: context.store, now }, mailboxes, project) },
  ]
  switch (bundle.notifications) {
    case 'polling':
      return own
    case 'manual':
      return [
        ...own,
        ...checkPubSub(gmail.google.pubsub, load),
        { id: 'delivery', run: async () => checkArrival((await load()).endpoint, now) },
      ]
    case 'managed':
      return [
        ...own,
        { id: 'sa_key', run: async () => checkKey(gmail.google, bundle, await topicOf(context, tenantId)) },
        ...checkPubSub(gmail.google.pubsub, load, { needs: 'sa_key' }),
      ]
  }
}

/** The topic that was set up; `null` before. */
async function topicOf({ store }: Context, tenantId: string): Promise<string | null> {
  return (await store.pushEndpoints.get(tenantId, 'google'))?.topic ?? null
}
