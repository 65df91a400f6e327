import { isTenantryError, ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import type { GraphDeltaPage } from '../../../ports/index.ts'
import type { ProviderCall, PulledPage } from '../../provider.ts'
import { graphCall, openMailbox } from '../desk.ts'
import { askAtDesk } from '../ask-at-desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { openByGraph } from '../open-by-graph.ts'
import { parseLink, readCursor, writeCursor } from './cursor.ts'
import { toItem } from './mail-ref.ts'
import { searchSince } from './search-since.ts'

/** More pages than any inbox has: whoever sends them does not mean to end. */
const pageLimit = 10_000

/** Starts at the inbox's present: mail from before the connection is not imported. @throws `mailbox_access_denied` and its kin: a time alone proves nothing */
export async function* startDelta(desk: MailboxDesk, call: ProviderCall): AsyncIterable<PulledPage> {
  const since = call.clock.now()
  await openByGraph(desk, call)
  yield { changes: [], next: { cursor: writeCursor({ kind: 'since', since }) } }
}

/**
 * New mail since a delta link, by immutable ids, so that what is told twice is kept once. Sources: learn.microsoft.com, "Use delta query to track
 * changes" and "Obtain immutable identifiers".
 * @throws `cursor_expired` for a place of another feed
 */
export async function* pullDelta(desk: MailboxDesk, call: ProviderCall, cursor: string, resume: string | null): AsyncIterable<PulledPage> {
  const from = readCursor(cursor, 'delta', 'since')
  const begin = from.kind === 'delta' ? from.link : null
  yield* readPages(desk, call, { begin, since: from.kind === 'since' ? from.since : 0, resume, again: false })
}

/** Everything that arrived since a time, for when the delta is too old: another delta, which goes over the whole inbox and ends in the present. */
export async function* recoverDelta(
  desk: MailboxDesk,
  call: ProviderCall,
  since: number,
  resume: string | null,
): AsyncIterable<PulledPage> {
  if (resume === null) yield { changes: [], next: { resume: '' } }
  yield* readPages(desk, call, { begin: null, since: searchSince(call, since), resume, again: true })
}

interface Reading {
  /** A delta link; `null`: the inbox as it is. */
  readonly begin: string | null
  /** What arrived earlier is none of ours, epoch milliseconds. */
  readonly since: number
  /** The page to go on with; nothing for the first one. */
  readonly resume: string | null
  readonly again: boolean
}

async function* readPages(desk: MailboxDesk, call: ProviderCall, { begin, since, resume, again }: Reading): AsyncIterable<PulledPage> {
  // Graph gives whole seconds to what it receives.
  const from = Math.floor(since / 1000) * 1000
  let place = resume || begin
  let kept = place !== begin
  for (let pages = 0; pages < pageLimit; pages += 1) {
    const page = await listPage(desk, call, place).catch((error: unknown) => {
      // Only a page link of an earlier run can have grown old before the delta did.
      if (!kept || !isLost(desk, error)) throw error
      place = begin
      return listPage(desk, call, begin)
    })
    kept = false
    const changes = page.messages
      .filter(({ receivedAt }) => receivedAt >= from)
      .map(({ id, conversationId, receivedAt }) => toItem({ kind: 'graph', id, thread: conversationId, at: receivedAt, again }))
    if ('deltaLink' in page.next) return yield { changes, next: { cursor: writeCursor({ kind: 'delta', link: page.next.deltaLink }) } }
    const link = parseLink(page.next.pageLink)
    if (link === place) break
    place = link
    yield { changes, next: { resume: link } }
  }
  throw new TenantryError('feed_endless')
}

function listPage(desk: MailboxDesk, call: ProviderCall, link: string | null): Promise<GraphDeltaPage> {
  const { path } = openMailbox(desk, call)
  return askAtDesk(desk, call, async () => desk.microsoft.graph.listDelta(await graphCall(desk, call), { mailbox: path, link }))
}

function isLost({ vendor }: MailboxDesk, error: unknown): boolean {
  return (isTenantryError(error) || error instanceof ProviderRefusal) && vendor.classify(error).class === 'cursor'
}
