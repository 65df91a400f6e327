import { isTenantryError, ProviderRefusal, TenantryError } from '../../errors/index.ts'
import { spread } from '../../model/spread.ts'
import type { GoogleGateway, SubscriptionRecord } from '../../ports/index.ts'
import { shortName } from '../../vendors/google/names.ts'
import { classifyGoogle } from '../../vendors/google/refusals.ts'
import type { OpenedSubscription, ProviderCall } from '../provider.ts'
import { resolveLabels } from './labels.ts'
import { provision } from './provision/provision.ts'
import { noteRefused, noteWatched, pinManual } from './push/manual.ts'
import { defaultPushOptions } from './push/options.ts'
import type { PushOptions } from './push/options.ts'
import { topicOf } from './push/plan.ts'
import type { PollingPlan, PushPlan } from './push/plan.ts'
import { loadPushSetup } from './push/setup.ts'
import type { PushSetup } from './push/setup.ts'
import { parseGmailSettings } from './settings.ts'
import type { GmailSettings } from './settings.ts'

const hourMs = 60 * 60_000
/** However short Google says that a watch is, nobody asks more often. */
const leastMs = 10 * 60_000

/**
 * 20 to 24 hours after it was opened, by the connection's name. A watch lasts seven days; Google recommends a renewal each day. One that Google made
 * shorter is renewed before it ends. Source: developers.google.com/workspace/gmail/api/guides/push.
 */
export function gmailRenewAt({ createdAt, expiresAt, connectionId }: SubscriptionRecord): number {
  const daily = 8 * hourMs + spread(16 * hourMs, connectionId)
  const inTime = ((expiresAt ?? Infinity) - createdAt) * 0.7
  return createdAt + Math.max(leastMs, Math.min(daily, Math.round(inTime)))
}

/** Where a watch opened now would announce to, as its record's target; `null` while mail is polled. @throws `google_not_configured` */
export async function gmailPipeTarget(call: ProviderCall, options: PushOptions = defaultPushOptions): Promise<string | null> {
  const { plan } = await loadPushSetup(call, call.connection.tenantId, options)
  return plan.mode === 'polling' ? null : plan.target
}

/**
 * Sets Pub/Sub up when the tenant wants it managed, then starts the watch. Labels that do not exist stop it before that.
 * @throws `unknown_label`, `google_not_configured`, `watch_conflict`, the codes of provisioning, ProviderRefusal
 */
export async function subscribeGmail(
  google: GoogleGateway,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
  options: PushOptions = defaultPushOptions,
): Promise<OpenedSubscription> {
  const typed = parseGmailSettings(call.connection.settings)
  const labelIds = await resolveLabels(google, call, typed)
  const settings = { ...typed, labelIds }
  const resolved = JSON.stringify(labelIds) === JSON.stringify(typed.labelIds) ? {} : { settings }
  const setup = await loadPushSetup(call, call.connection.tenantId, options)
  if (isPolling(setup.plan)) return { record: null, pollingReason: setup.plan.reason, retire: current, ...resolved }
  const ready = await makeReady(google, call, setup)
  const opened = await openWatch(google, call, { target: setup.plan.target, settings, current, ready })
  return { ...opened, ...resolved }
}

interface Ready {
  /** What to note once Google took the watch, or refused it. */
  watched(): Promise<void>
  refused(failure: TenantryError): Promise<void>
}

async function makeReady(google: GoogleGateway, call: ProviderCall, setup: PushSetup): Promise<Ready> {
  const { plan } = setup
  if (plan.mode === 'manual') {
    const endpoint = await pinManual(call, { ...setup, plan })
    return { watched: () => noteWatched(call, endpoint), refused: (failure) => noteRefused(call, endpoint, failure) }
  }
  if (plan.mode === 'managed') await provision(call, google.pubsub, { ...setup, plan })
  return { watched: () => Promise.resolve(), refused: () => Promise.resolve() }
}

interface WatchInput {
  readonly target: string
  readonly settings: GmailSettings
  readonly current: readonly SubscriptionRecord[]
  readonly ready: Ready
}

async function openWatch(google: GoogleGateway, call: ProviderCall, input: WatchInput): Promise<OpenedSubscription> {
  const { target, settings, current, ready } = input
  const rule = JSON.stringify([settings.labelMode, ...settings.labelIds])
  const kept = current.find((record) => record.state === 'active' && record.target === target && record.resourceId === rule)
  if (kept !== undefined && gmailRenewAt(kept) > call.clock.now()) return { record: kept, pollingReason: null, retire: [] }
  const { pending, isNew } = await openPending(call, target)
  const { historyId, expiresAt } = await watch(google, call, input).catch(async (error: unknown) => {
    if (isNew && wasRefused(error)) await call.store.subscriptions.remove(pending.tenantId, pending.id)
    throw error
  })
  await ready.watched()
  const record: SubscriptionRecord = { ...pending, state: 'active', resourceId: rule, expiresAt, createdAt: call.clock.now() }
  return { record, pollingReason: null, retire: [], cursor: historyId }
}

/** Whoever ends the connection while its first watch is opened has to know of it; one that is known stays as it is. */
async function openPending(call: ProviderCall, target: string): Promise<{ pending: SubscriptionRecord; isNew: boolean }> {
  const { tenantId, id, provider } = call.connection
  const pending: SubscriptionRecord = {
    tenantId,
    connectionId: id,
    id,
    provider,
    state: 'pending',
    tokenHash: null,
    resourceId: null,
    target,
    expiresAt: null,
    createdAt: call.clock.now(),
  }
  const known = (await call.store.subscriptions.list(tenantId, id)).find((record) => record.id === id)
  const isNew = known === undefined || known.resourceId === null
  if (isNew) await call.keepPipe(pending)
  return { pending, isNew }
}

/** Whether there is no watch: Gmail refused, or was not asked. */
function wasRefused(error: unknown): boolean {
  return (
    isTenantryError(error) ||
    (error instanceof ProviderRefusal && error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus !== 408)
  )
}

/** Gmail allows one watch for each mailbox and project; ours from before is stopped to make room, a stranger's is not. */
async function watch(
  google: GoogleGateway,
  call: ProviderCall,
  { target, settings, ready }: WatchInput,
): Promise<{ historyId: string; expiresAt: number }> {
  const topicName = topicOf(target)
  const ask = async () =>
    google.gmail.watch(
      { accessToken: await call.accessToken() },
      { topicName, labelIds: settings.labelIds, labelFilterBehavior: settings.labelMode },
    )
  try {
    return await ask()
  } catch (error) {
    const failure = describeWatchRefusal(error, topicName)
    if (failure?.code === 'watch_conflict' && (await heldAnother(call, topicName))) {
      await google.gmail.stop({ accessToken: await call.accessToken() })
      return ask()
    }
    if (failure === null) throw error
    if (failure.code !== 'watch_conflict') await ready.refused(failure)
    throw failure
  }
}

/** Whether this connection had a watch on another topic that Google may still keep. */
async function heldAnother({ store, connection, clock }: ProviderCall, topic: string): Promise<boolean> {
  const records = await store.subscriptions.list(connection.tenantId, connection.id)
  return records.some(({ target, expiresAt }) => topicOf(target) !== topic && (expiresAt ?? 0) > clock.now())
}

/** A refusal that is about Pub/Sub, with the topic's name; `null` for any other, which says what it means by itself. */
function describeWatchRefusal(error: unknown, topic: string): TenantryError | null {
  if (!(error instanceof ProviderRefusal) && !isTenantryError(error)) throw error
  const { code, values } = classifyGoogle(error).error
  const isPubSub = code.startsWith('pubsub_') || code === 'watch_conflict'
  return isPubSub ? new TenantryError(code, { values: { ...values, topic: shortName(topic) } }) : null
}

const isPolling = (plan: PushPlan): plan is PollingPlan => plan.mode === 'polling'
