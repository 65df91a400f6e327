import * as z from 'zod/mini'
import { TenantryError } from '../../../errors/index.ts'
import type { ImapMessageRef, ImapPlace } from '../../../ports/index.ts'
import type { Change, ProviderCall, PulledPage } from '../../provider.ts'
import { imapOf, mailCall } from '../desk.ts'
import { askAtDesk } from '../ask-at-desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { toItem } from './mail-ref.ts'
import type { ImapRef } from './mail-ref.ts'
import { searchSince } from './search-since.ts'

const perPage = 200

/** Where new messages begin: mail from before the connection is not imported. */
export async function imapCursor(desk: MailboxDesk, call: ProviderCall): Promise<string> {
  const { uidValidity, uidNext } = await examine(desk, call)
  return writeCursor({ kind: 'imap', uidValidity, uid: uidNext })
}

export async function* startImap(desk: MailboxDesk, call: ProviderCall): AsyncIterable<PulledPage> {
  yield { changes: [], next: { cursor: await imapCursor(desk, call) } }
}

/**
 * New messages from a UID on, or since a time where no UID was known yet. UIDs only grow for as long as the folder keeps its numbering, RFC 9051 section 2.3.1.1.
 * @throws `cursor_expired` when it has another one, or the place is of another feed
 */
export async function* pullImap(desk: MailboxDesk, call: ProviderCall, cursor: string, resume: string | null): AsyncIterable<PulledPage> {
  const start = readCursor(cursor, 'imap', 'since')
  if (start.kind === 'since') return yield* recoverImap(desk, call, start.since, resume)
  const { uidValidity, uid } = readCursor(resume || cursor, 'imap')
  for (let from = uid; ;) {
    const { messages, ...place } = await list(desk, call, { fromUid: from, limit: perPage })
    if (place.uidValidity !== uidValidity) throw new TenantryError('cursor_expired')
    const found = messages.filter((message) => message.uid >= from)
    from = nextUid(found, from)
    const next = writeCursor({ kind: 'imap', uidValidity, uid: from })
    const changes = toChanges(found, { uidValidity, again: false })
    if (found.length === 0 || messages.length < perPage) return yield { changes, next: { cursor: next } }
    yield { changes, next: { resume: next } }
  }
}

const recoverySchema = z.object({ uidValidity: z.number(), pin: z.number(), from: z.number() })

type Recovery = z.infer<typeof recoverySchema>

/** Everything that arrived since a time, whatever the numbering was then. The place to go on from is read before anything is listed. */
export async function* recoverImap(desk: MailboxDesk, call: ProviderCall, since: number, resume: string | null): AsyncIterable<PulledPage> {
  const kept = readRecovery(resume)
  const { uidValidity, pin, from: begin } = kept ?? (await pinPlace(desk, call))
  if (kept === null) yield { changes: [], next: { resume: JSON.stringify({ uidValidity, pin, from: begin } satisfies Recovery) } }
  for (let from = begin; ;) {
    const { messages, ...place } = await list(desk, call, { fromUid: from, limit: perPage, since: searchSince(call, since) })
    // Numbered anew once more: from the beginning, where what is known already is told once.
    if (place.uidValidity !== uidValidity) return yield* recoverImap(desk, call, since, null)
    const found = messages.filter(({ uid }) => uid >= from && uid < pin)
    from = nextUid(found, from)
    const changes = toChanges(found, { uidValidity, again: true })
    if (found.length === 0 || messages.length < perPage)
      return yield { changes, next: { cursor: writeCursor({ kind: 'imap', uidValidity, uid: pin }) } }
    yield { changes, next: { resume: JSON.stringify({ uidValidity, pin, from } satisfies Recovery) } }
  }
}

/** Under their present numbers, the messages that arrived in the moment of one that has lost its own; none while the numbering is still the same. */
export async function* findRenumbered(desk: MailboxDesk, call: ProviderCall, ref: ImapRef): AsyncIterable<ImapRef> {
  // Most that are not there were deleted, and a look at the numbering says so.
  if ((await examine(desk, call)).uidValidity === ref.uidValidity) return
  for (let from = 1; ;) {
    const { messages, uidValidity } = await list(desk, call, { fromUid: from, limit: perPage, since: ref.at })
    for (const { uid, receivedAt } of messages) if (receivedAt === ref.at) yield { ...ref, uidValidity, uid }
    if (messages.length < perPage) return
    from = nextUid(messages, from)
  }
}

async function pinPlace(desk: MailboxDesk, call: ProviderCall): Promise<Recovery> {
  const { uidValidity, uidNext } = await examine(desk, call)
  return { uidValidity, pin: uidNext, from: 1 }
}

function readRecovery(resume: string | null): Recovery | null {
  if (resume === null) return null
  try {
    return recoverySchema.parse(JSON.parse(resume))
  } catch {
    // Written by another version: what a run finds twice is kept once.
    return null
  }
}

const nextUid = (messages: readonly ImapMessageRef[], from: number): number => Math.max(from, ...messages.map(({ uid }) => uid + 1))

function toChanges(messages: readonly ImapMessageRef[], of: { readonly uidValidity: number; readonly again: boolean }): Change[] {
  return messages.map(({ uid, receivedAt }) => toItem({ kind: 'imap', uid, at: receivedAt, ...of }))
}

function examine(desk: MailboxDesk, call: ProviderCall): Promise<ImapPlace> {
  return askAtDesk(desk, call, async () => imapOf(desk).examine(await mailCall(desk, call, 'imap')))
}

function list(desk: MailboxDesk, call: ProviderCall, input: { readonly fromUid: number; readonly limit: number; readonly since?: number }) {
  return askAtDesk(desk, call, async () => imapOf(desk).list(await mailCall(desk, call, 'imap'), input))
}
