import { isTenantryError, ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import type { ErrorCode } from '../../../errors/index.ts'
import { isPubliclyReachable } from '../../../model/addresses.ts'
import { spread } from '../../../model/spread.ts'
import { hashText } from '../../../oauth/pkce.ts'
import type { GraphSubscription, SubscriptionRecord } from '../../../ports/index.ts'
import type { OpenedSubscription, ProviderCall } from '../../provider.ts'
import { graphCall, openMailbox } from '../desk.ts'
import { askAtDesk } from '../ask-at-desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { probeMailbox } from '../probe.ts'
import { choiceOf } from '../settings.ts'
import { newClientState } from './client-state.ts'
import { connectionPushAddress, microsoftPushAddress } from './push-address.ts'

/** The longest that Graph was documented to let a subscription on mail live; newer pages say a week. */
const longestMs = 4230 * 60_000

/** At three eighths to half of what was granted, by its name: Graph may take one away early and never say so. */
export function graphRenewAt({ id, createdAt, expiresAt }: SubscriptionRecord): number {
  return createdAt + spread(Math.floor(((expiresAt ?? createdAt) - createdAt) / 2), id)
}

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
  const record = renewed ?? (await open(desk, call, target))
  return { record, pollingReason: null, retire: current.filter(({ id }) => id !== record.id) }
}

/**
 * Ends a subscription. One whose answer was lost is known by this connection's address and the end that was asked for; where Graph gave it another
 * end, its first notification names it.
 */
export async function unsubscribeMailbox(
  desk: MailboxDesk,
  call: ProviderCall,
  { resourceId, expiresAt }: SubscriptionRecord,
): Promise<void> {
  const lost = async () => (await listOwn(desk, call)).filter((own) => own.expiresAt === expiresAt).map(({ id }) => id)
  for (const id of resourceId === null ? await lost() : [resourceId])
    await askGraph(desk, call, (graph, as) => graph.deleteSubscription(as, id))
}

/** Why there is no subscription, `null` when nothing has to be said of it; `undefined` when there is one. */
function unableToPush(desk: MailboxDesk, call: ProviderCall): ErrorCode | null | undefined {
  const { settings, path } = openMailbox(desk, call)
  if (settings.receive === 'imap') return null
  if (choiceOf(settings).grant !== 'app') return path.own ? null : 'shared_mailbox_polled'
  return isPubliclyReachable(call.pushUrl) ? undefined : 'push_not_possible'
}

/** @returns the renewed row, or `null` when Graph knows the subscription no longer */
async function renew(desk: MailboxDesk, call: ProviderCall, record: SubscriptionRecord): Promise<SubscriptionRecord | null> {
  const { resourceId: id } = record
  if (id === null) return null
  const now = call.clock.now()
  try {
    const { expiresAt } = await askGraph(desk, call, (graph, as) => graph.renewSubscription(as, { id, expiresAt: now + longestMs }))
    return { ...record, expiresAt, createdAt: now }
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === 404) return null
    throw error
  }
}

/** The row is written before the call, because a notification can overtake Graph's own answer; the client state is kept as a hash only. */
async function open(desk: MailboxDesk, call: ProviderCall, target: string): Promise<SubscriptionRecord> {
  const id = call.random.uuid()
  const clientState = newClientState(call.random, id)
  const pending = await keepPending(call, { id, clientState, target })
  const ask = () => create(desk, call, { clientState, expiresAt: pending.createdAt + longestMs })
  try {
    const made = await ask().catch(async (error: unknown) => {
      if (!(error instanceof ProviderRefusal) || error.httpStatus !== 409) throw error
      await clearOwn(desk, call)
      return ask()
    })
    return { ...pending, state: 'active', resourceId: made.id, expiresAt: made.expiresAt }
  } catch (error) {
    // Without an answer there may be one: it is looked for and ended with the connection's other replaced pipes.
    if (wasRefused(error)) await call.store.subscriptions.remove(pending.tenantId, pending.id)
    else await call.store.subscriptions.put({ ...pending, state: 'retiring' })
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

/**
 * Makes room for a subscription: what stands in its way at this connection's own address is from a try whose answer was lost, so nobody knows its
 * client state. @throws `watch_conflict` when it is somebody else's
 */
async function clearOwn(desk: MailboxDesk, call: ProviderCall): Promise<void> {
  const own = await listOwn(desk, call)
  if (own.length === 0) throw new TenantryError('watch_conflict')
  for (const { id } of own) await askGraph(desk, call, (graph, as) => graph.deleteSubscription(as, id))
}

async function listOwn(desk: MailboxDesk, call: ProviderCall): Promise<readonly GraphSubscription[]> {
  const address = connectionPushAddress(call.pushUrl, call.connection.id)
  return (await askGraph(desk, call, (graph, as) => graph.listSubscriptions(as))).filter(
    ({ notificationUrl }) => notificationUrl === address,
  )
}

function askGraph<T>(
  desk: MailboxDesk,
  call: ProviderCall,
  work: (graph: MailboxDesk['microsoft']['graph'], as: Awaited<ReturnType<typeof graphCall>>) => Promise<T>,
): Promise<T> {
  return askAtDesk(desk, call, async () => work(desk.microsoft.graph, await graphCall(desk, call)))
}

/** Whether there is no subscription: Graph refused, or was not asked. */
function wasRefused(error: unknown): boolean {
  if (!(error instanceof ProviderRefusal)) return isTenantryError(error)
  return error.httpStatus >= 400 && error.httpStatus < 500 && error.httpStatus !== 408
}
