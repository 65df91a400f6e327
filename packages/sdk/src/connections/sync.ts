import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { SyncLease, SyncStateRecord } from '../ports/index.ts'
import type { AnyProvider, PulledPage } from '../providers/provider.ts'
import { changeConnection, setStatus } from './change.ts'
import { fetchItems } from './fetch-items.ts'
import { providerCall } from './provider-call.ts'
import { concludeListing, mustConclude } from './conclude-listing.ts'
import { pinRecovery, storePage } from './store-page.ts'
import type { SyncRun } from './sync-run.ts'
import { readRun } from './sync-run.ts'
import { syncLeaseMs } from './sync-work.ts'
import type { SyncWork } from './sync-work.ts'

const roundLimit = 20
const budgetMs = 30_000
const recoverReachMs = 30 * 24 * 60 * 60_000

export interface SyncResult {
  /** Another worker has the connection; it sees every request that was made. */
  readonly busy: boolean
  /** When the oldest item happened that can now be handed over, epoch milliseconds; `null` when there is none. */
  readonly oldestAt: number | null
  /** The time was used up before everything was read; go on at once. */
  readonly unfinished: boolean
  /** When an item that could not be fetched is due again, epoch milliseconds. */
  readonly nextFetchAt: number | null
  /** What was read says that the connection cannot do all it is meant to; it is degraded now. */
  readonly limited: boolean
}

/**
 * Brings a connection up to date until nobody asks any more. One worker per connection. A page's items and how to go on after it are written
 * in one transaction, and only then are they fetched, each with attempts of its own: a crash repeats work and loses none, and an item that
 * cannot be read holds up no other.
 */
export async function sync(
  context: Context,
  provider: AnyProvider,
  connection: Connection,
  { failedLooks }: Pick<SyncWork, 'failedLooks'>,
): Promise<SyncResult> {
  const { tenantId, id } = connection
  const endsAt = context.clock.now() + budgetMs
  let oldestAt: number | null = null
  for (let round = 0; round < roundLimit; round += 1) {
    const lease = await context.store.syncStates.acquire(tenantId, id, {
      owner: context.random.uuid(),
      now: context.clock.now(),
      leaseMs: syncLeaseMs,
    })
    if (lease === null) return { busy: true, oldestAt, unfinished: false, nextFetchAt: null, limited: false }
    const wanted = lease.state.requested
    let processed = lease.state.processed
    let finished = false
    let limited = false
    try {
      const sealer = await context.envelope.sealerFor(tenantId)
      const call = providerCall(context, provider, connection)
      const work = { context, provider, connection, call, fence: lease.fence, sealer, endsAt, failedLooks }
      const read = await readFeed(work, lease)
      oldestAt = earlier(oldestAt, read.oldestAt)
      finished = read.finished
      limited = read.limit !== null
      if (finished) processed = wanted
    } finally {
      await context.store.syncStates.release(tenantId, id, { fence: lease.fence, processed })
    }
    const after = await context.store.syncStates.get(tenantId, id)
    if (!finished || after === null || after.requested <= wanted)
      return { busy: false, oldestAt, unfinished: !finished, nextFetchAt: await context.store.outbox.nextFetchAt(tenantId, id), limited }
  }
  return { busy: false, oldestAt, unfinished: true, nextFetchAt: null, limited: false }
}

type Limit = NonNullable<PulledPage['limit']>

interface Read {
  readonly oldestAt: number | null
  readonly limit: Limit | null
  readonly finished: boolean
}

async function readFeed(work: SyncWork, { state }: SyncLease): Promise<Read> {
  const { context, connection, provider } = work
  const run = readRun(state.run) ?? beginRun(work, state)
  const read = await readRunPages(work, state.cursor, run).catch(async (error: unknown) => {
    if (run.mode === 'recover' || provider.vendor.classify(error).class !== 'cursor') throw error
    return readRunPages(work, state.cursor, await pinRecovery(work, searchSince(work)))
  })
  if (!read.finished) return read
  const now = context.clock.now()
  await changeConnection(context.store, connection, now, () => ({ lastSyncAt: now, ...(read.oldestAt !== null && { lastItemAt: now }) }))
  if (read.limit !== null)
    await setStatus(context, connection, 'degraded', { reason: read.limit.code, ...(read.limit.values && { values: read.limit.values }) })
  return read
}

function beginRun({ context }: SyncWork, { cursor }: SyncStateRecord): SyncRun {
  return { mode: cursor === null ? 'start' : 'pull', id: context.random.uuid(), resume: null, since: 0, count: 0 }
}

/** As far back as the last complete look, within bounds. */
function searchSince({ context, connection }: SyncWork): number {
  return Math.max(connection.lastSyncAt ?? connection.createdAt, context.clock.now() - recoverReachMs)
}

async function readRunPages(work: SyncWork, cursor: string | null, begun: SyncRun): Promise<Read> {
  let run = begun
  let oldestAt: number | null = null
  let limit: Limit | null = null
  for await (const page of pagesOf(work, cursor, run)) {
    const stored = await storePage(work, page, run)
    const { found, finished, ...items } = await fetchItems(work)
    oldestAt = earlier(oldestAt, earlier(stored.oldestAt, items.oldestAt))
    run = { ...stored.run, count: stored.run.count + found }
    limit = page.limit ?? null
    if ('cursor' in page.next && finished && mustConclude(work, run)) await concludeListing(work, run, page.next.cursor)
    if (!finished || ('resume' in page.next && work.context.clock.now() > work.endsAt)) return { oldestAt, limit, finished: false }
  }
  return { oldestAt, limit, finished: true }
}

function earlier(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.min(left, right)
}

function pagesOf({ provider, call }: SyncWork, cursor: string | null, { mode, resume, since }: SyncRun): AsyncIterable<PulledPage> {
  if (mode === 'recover') return provider.recover(call, since, resume)
  return cursor === null ? provider.start(call, resume) : provider.pull(call, cursor, resume)
}
