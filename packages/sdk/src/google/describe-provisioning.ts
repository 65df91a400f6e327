import type { Context } from '../context.ts'
import { isPubliclyReachable } from '../model/addresses.ts'
import { isLive } from '../model/connection.ts'
import type { Connection } from '../model/connection.ts'
import type { GoogleBundle } from '../model/google-setup.ts'
import type { PushEndpointRecord } from '../ports/index.ts'
import { readJournal, waitingStep } from '../providers/gmail/push/journal.ts'
import type { JournalStep, ProvisionStep, PushJournal } from '../providers/gmail/push/journal.ts'
import type { PushOptions } from '../providers/gmail/push/options.ts'
import { defaultPushAccount, gmailPublisherAccount, googlePushNames } from '../vendors/google/names.ts'
import { ensurePushEndpoint } from '../vendors/google/push-endpoint.ts'
import type { Provisioning, ProvisioningStep } from '../wire/index.ts'
import { loadGmail } from './load-gmail.ts'

/** A step that works longer than this has no process any more. */
const lifeMs = 2 * 60_000

/** How far Gmail's notifications are set up, live; `null` when the host has no Gmail. @throws `unavailable` */
export async function describeProvisioning(
  context: Context,
  tenantId: string,
  bundle: GoogleBundle,
  connections: readonly Connection[],
): Promise<Provisioning | null> {
  const gmail = loadGmail(context)
  if (gmail === null) return null
  const endpoint = await ensurePushEndpoint(context, tenantId)
  const mailboxes = connections.filter(
    ({ provider, account, status }) => provider === gmail.provider.name && account !== null && isLive(status),
  )
  const steps = announces(context, bundle, gmail.options)
    ? [...pubSubSteps(context, bundle, gmail.options, endpoint), watchStep(mailboxes)]
    : []
  return {
    state: stateOf(steps),
    steps,
    transport: gmail.options.notify,
    names: namesOf(context, bundle, endpoint.key),
    topicName: bundle.topicName ?? null,
    pushServiceAccount: bundle.pushServiceAccount ?? null,
    lastReceivedAt: iso(endpoint.lastReceivedAt),
    malformed: endpoint.malformed,
    pollEveryMs: gmail.provider.reconcileEveryMs.polling,
  }
}

/** Whether this tenant's mail can be announced at all, once everything is set up. */
function announces(context: Context, { notifications }: GoogleBundle, { notify }: PushOptions): boolean {
  if (notifications === 'polling') return false
  return notify === 'pull' ? notifications === 'managed' : isPubliclyReachable(context.pushUrl)
}

function namesOf(context: Context, bundle: GoogleBundle, key: string): Provisioning['names'] {
  const { projectId, notifications, serviceAccountKey } = bundle
  if (projectId === undefined) return null
  const topicName = notifications === 'manual' ? bundle.topicName : undefined
  const { topic, subscription, endpoint, audience } = googlePushNames({ ...context, projectId, key, topicName })
  const byHand = bundle.pushServiceAccount ?? defaultPushAccount(projectId)
  const pushServiceAccount = notifications === 'managed' ? (serviceAccountKey?.client_email ?? byHand) : byHand
  return { topic, subscription, endpoint, audience, publisher: gmailPublisherAccount, pushServiceAccount }
}

function pubSubSteps(context: Context, bundle: GoogleBundle, options: PushOptions, endpoint: PushEndpointRecord): ProvisioningStep[] {
  const journal = readJournal(endpoint.journal)
  const current = journal?.mode === bundle.notifications ? journal : null
  const managed = bundle.notifications === 'managed'
  const wanted: ProvisionStep[] = ['topic', 'publisher', 'subscription', ...(managed && options.deadLetter ? ['dead_letter' as const] : [])]
  return wanted.map((id) => {
    const noted = current?.steps.find((step) => step.id === id) ?? waitingStep(id)
    const step = !managed && id === 'subscription' ? byArrival(noted, current, endpoint) : noted
    const died = step.state === 'working' && (step.at ?? 0) + lifeMs < context.clock.now()
    return show(died ? waitingStep(id) : step)
  })
}

/** Nobody but the tenant can look at a subscription made by hand: what arrives through it is the proof. */
function byArrival(step: JournalStep, journal: PushJournal | null, { lastReceivedAt }: PushEndpointRecord): JournalStep {
  const watchedAt = journal?.steps.find(({ id }) => id === 'topic')?.at ?? null
  const proven = watchedAt !== null && lastReceivedAt !== null && lastReceivedAt + receivedWithinMs >= watchedAt
  return proven ? { ...step, state: 'already_there', at: lastReceivedAt } : step
}

/** How exact `lastReceivedAt` is. */
const receivedWithinMs = 5_000

/** One mailbox that is announced proves the pipe; one that could be and is not is worth a look. */
function watchStep(mailboxes: readonly Connection[]): ProvisioningStep {
  const watched = mailboxes.filter(({ delivery }) => delivery === 'push')
  const refused = mailboxes.find(({ delivery, deliveryReason }) => delivery === 'polling' && deliveryReason !== null)
  const at = watched.map(({ lastPushAt }) => lastPushAt ?? 0).reduce((latest, time) => Math.max(latest, time), 0)
  if (refused !== undefined) {
    const { deliveryReason: code, reason, reasonValues, statusSince } = refused
    return { id: 'watch', state: 'failed', code, values: reason === code ? { ...reasonValues } : {}, at: iso(statusSince) }
  }
  return { id: 'watch', state: watched.length > 0 ? 'done' : 'waiting', code: null, values: {}, at: at > 0 ? iso(at) : null }
}

/** Before the first mailbox there is nothing to watch, which is not unfinished. */
function stateOf(steps: readonly ProvisioningStep[]): Provisioning['state'] {
  if (steps.some(({ state }) => state === 'working')) return 'working'
  if (steps.some(({ state }) => state === 'failed')) return 'failed'
  const pubSub = steps.filter(({ id }) => id !== 'watch')
  return pubSub.length > 0 && pubSub.every(({ state }) => state === 'done' || state === 'already_there') ? 'done' : 'idle'
}

const show = (step: JournalStep): ProvisioningStep => ({ ...step, at: iso(step.at) })

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
