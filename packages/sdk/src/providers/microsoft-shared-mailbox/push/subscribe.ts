import { isTenantryError, ProviderRefusal } from '../../../errors/index.ts'
import type { ErrorCode } from '../../../errors/index.ts'
import { isPubliclyReachable } from '../../../model/addresses.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { GraphSubscription, SubscriptionRecord } from '../../../ports/index.ts'
import type { OpenedSubscription, ProviderCall } from '../../provider.ts'
import { openMailbox } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { probeMailbox } from '../probe.ts'
import { choiceOf } from '../settings.ts'
import { adopt } from './adopt.ts'
import { askGraph } from './ask-graph.ts'
import { newClientState } from './client-state.ts'
import { listOwn } from './list-own.ts'
import { connectionPushAddress, microsoftPushAddress } from './push-address.ts'
import { longestMs, renew } from './renew.ts'

/** Where a subscription opened now would post to; `null` where none is opened. */
export function graphPipeTarget(desk: MailboxDesk, call: ProviderCall): string | null {
  return unableToPush(desk, call) === undefined ? microsoftPushAddress(call.pushUrl) : null
}

/**
 * Opens or renews a subscription on the inbox, where the app itself holds the grant: Graph never delivers what a person subscribes to in a mailbox
 * that is not the person's own. Before that the mailbox is proven to open, because a mailbox that is polled has nothing else to prove here.
 * @throws what `probeMailbox` throws or tells, `watch_conflict`, ProviderRefusal
 */
export async function subscribeMailbox(
  desk: MailboxDesk,
  call: ProviderCall,
  current: readonly SubscriptionRecord[],
): Promise<OpenedSubscription> {
  const { failure } = await probeMailbox(desk, call)
  if (failure !== undefined) throw failure
  const pollingReason = unableToPush(desk, call)
  if (pollingReason !== undefined) return { record: null, pollingReason, retire: current }
  const target = microsoftPushAddress(call.pushUrl)
  const kept = current.find((record) => record.state === 'active' && record.target === target && record.resourceId !== null)
  const renewed = kept === undefined ? null : await renew(desk, call, kept)
  const record = renewed ?? (await open(desk, call, { target, current }))
  return { record, pollingReason: null, retire: current.filter(({ id }) => id !== record.id) }
}

/**
 * Ends a subscription. One whose answer was lost is known by this connection's address and the end that was asked for; where Graph gave it another
 * end, its first notification names it.
 */
export async function unsubscribeMailbox(desk: MailboxDesk, call: ProviderCall, record: SubscriptionRecord): Promise<void> {
  for (const id of record.resourceId === null ? await findLost(desk, call, record) : [record.resourceId])
    await askGraph(desk, call, (graph, as) => graph.deleteSubscription(as, id))
}

/** Never one that another row knows: two of the same moment have the same end. */
async function findLost(
  desk: MailboxDesk,
  call: ProviderCall,
  { tenantId, connectionId, expiresAt }: SubscriptionRecord,
): Promise<string[]> {
  const rows = await call.store.subscriptions.list(tenantId, connectionId)
  const named = new Set(rows.map(({ resourceId }) => resourceId))
  const own = await listOwn(desk, call)
  return own.filter((one) => one.expiresAt === expiresAt && !named.has(one.id)).map(({ id }) => id)
}

/** Why there is no subscription, `null` when nothing has to be said of it; `undefined` when there is one. */
function unableToPush(desk: MailboxDesk, call: ProviderCall): ErrorCode | null | undefined {
  const { settings, path } = openMailbox(desk, call)
  if (settings.receive === 'imap') return null
  if (choiceOf(settings).grant !== 'app') return path.own ? null : 'shared_mailbox_polled'
  return isPubliclyReachable(call.pushUrl) ? undefined : 'push_not_possible'
}

async function open(
  desk: MailboxDesk,
  call: ProviderCall,
  { target, current }: { readonly target: string; readonly current: readonly SubscriptionRecord[] },
): Promise<SubscriptionRecord> {
  try {
    return await openNew(desk, call, target)
  } catch (error) {
    if (!(error instanceof ProviderRefusal) || error.httpStatus !== 409) throw error
    return (await adopt(desk, call, current)) ?? openNew(desk, call, target)
  }
}

/** The row is written before the call, because a notification can overtake Graph's own answer; the client state is kept as a hash only. */
async function openNew(desk: MailboxDesk, call: ProviderCall, target: string): Promise<SubscriptionRecord> {
  const id = call.random.uuid()
  const clientState = newClientState(call.random, id)
  const pending = await keepPending(call, { id, clientState, target })
  try {
    const made = await create(desk, call, { clientState, expiresAt: pending.createdAt + longestMs })
    return { ...pending, state: 'active', resourceId: made.id, expiresAt: made.expiresAt }
  } catch (error) {
    // Without an answer there may be one: its row stays, and the next try adopts it or ends it.
    if (wasRefused(error)) await call.store.subscriptions.remove(pending.tenantId, pending.id)
    throw error
  }
}

async function keepPending(
  call: ProviderCall,
  { id, clientState, target }: { readonly id: string; readonly clientState: string; readonly target: string },
): Promise<SubscriptionRecord> {
  const createdAt = call.clock.now()
  const pending: SubscriptionRecord = {
    tenantId: call.connection.tenantId,
    connectionId: call.connection.id,
    id,
    provider: call.connection.provider,
    state: 'pending',
    tokenHash: await hashText(call.crypto, clientState),
    resourceId: null,
    target,
    // What is asked for, and so the longest that it can live if nobody hears the answer.
    expiresAt: createdAt + longestMs,
    createdAt,
  }
  await call.keepPipe(pending)
  return pending
}

function create(
  desk: MailboxDesk,
  call: ProviderCall,
  input: { readonly clientState: string; readonly expiresAt: number },
): Promise<GraphSubscription> {
  const notificationUrl = connectionPushAddress(call.pushUrl, call.connection.id)
  const { path: mailbox } = openMailbox(desk, call)
  return askGraph(desk, call, (graph, as) =>
    graph.createSubscription(as, { mailbox, notificationUrl, lifecycleUrl: notificationUrl, ...input }),
  )
}

/** Whether there is no subscription: Graph refused, or was not asked. */
function wasRefused(error: unknown): boolean {
  if (!(error instanceof ProviderRefusal)) return isTenantryError(error)
  return error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus !== 408
}
