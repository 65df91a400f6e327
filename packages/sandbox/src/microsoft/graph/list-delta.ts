import { z } from 'zod/mini'
import { param } from '../../http/operation.ts'
import type { Call } from '../../http/operation.ts'
import { decodeOpaque, encodeOpaque } from '../../state/encoding.ts'
import { findBy } from '../../state/find-by.ts'
import type { World } from '../../state/world.ts'
import type { MailboxOwner } from '../find.ts'
import type { ChangeState, FolderName, MessageState } from '../state/recipient-state.ts'
import { readFilter } from './filter.ts'
import { readFolder } from './folders.ts'
import { GraphError } from './graph-error.ts'
import { openMailbox } from './open-mailbox.ts'
import type { Preferences } from './show-message.ts'
import { idOf, readPreferences, readSelect, showMessage } from './show-message.ts'

const USUAL = 10
/** "Applying $filter in a delta query returns only up to 5,000 messages." Nothing in the answer says so. */
const MOST_FILTERED = 5000

/** What a `$skiptoken` or `$deltatoken` stands for. */
const place = z.object({
  /** Object id of the mailbox. */
  mailbox: z.string(),
  folder: z.string(),
  generation: z.number(),
  /** Changes after this one are told; null: a first round, of what is there. */
  since: z.nullable(z.number()),
  /** Where the round began: the next one starts there. */
  anchor: z.number(),
  /** The last change of this round that was told. */
  after: z.number(),
  select: z.nullable(z.array(z.string())),
  filter: z.nullable(z.string()),
  changeType: z.nullable(z.string()),
})
type Place = z.infer<typeof place>

/** `at`: the change that brought it, which orders a round. */
type Entry = { at: number } & ({ message: MessageState } | { gone: { id: string; entryId: string } })

/** `GET …/mailFolders/{id}/messages/delta`: a first round tells what is there, later ones what changed. Links keep what the first request asked for. */
export function listDelta(world: World, call: Call): Response {
  const { owner, path } = openMailbox(world, call, 'read')
  const folder = readFolder(owner, folderNameOf(call))
  const preferences = readPreferences(call)
  const here = readPlace(call, owner, folder)
  const entries = here.since === null ? whatIsThere(owner, folder, here) : whatChanged(owner, folder, here, here.since)
  const rest = (here.filter === null ? entries : entries.slice(0, MOST_FILTERED)).filter(({ at }) => at > here.after)
  const size = preferences.pageSize ?? USUAL
  const page = rest.slice(0, size)
  const more = rest.length > size
  const next: Place = more ? { ...here, after: page.at(-1)?.at ?? 0 } : { ...here, since: here.anchor, anchor: 0, after: 0 }
  const base = `${world.origin}/${param(call, 'host')}/v1.0/${path}/mailFolders('${folder}')/messages/delta`
  const link = more
    ? { '@odata.nextLink': `${base}?$skiptoken=${encodeOpaque(next)}` }
    : { '@odata.deltaLink': `${base}?$deltatoken=${encodeOpaque(next)}` }
  return Response.json(
    {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#Collection(message)',
      ...link,
      value: page.map((entry) => show(owner, entry, preferences, here.select)),
    },
    { headers: preferences.immutableIds ? { 'preference-applied': 'IdType="ImmutableId"' } : {} },
  )
}

function folderNameOf(call: Call): string {
  const key = call.params['folderKey']
  return key === undefined ? param(call, 'folder') : decodeURIComponent(key.slice(key.indexOf("'") + 1, -2))
}

/** @throws GraphError 410 SyncStateNotFound, 400 for a token of another mailbox or folder */
function readPlace(call: Call, owner: MailboxOwner, folder: FolderName): Place {
  const { mailbox, id } = owner
  const token = call.query.get('$skiptoken') ?? call.query.get('$deltatoken')
  if (token === null) {
    const filter = call.query.get('$filter')
    if (readFilter(filter).fields.some((field) => field !== 'receivedDateTime'))
      throw new GraphError(400, 'ErrorInvalidUrlQueryFilter', 'The following fields are supported in $filter of delta: receivedDateTime.')
    const { sequence: anchor, deltaGeneration: generation } = mailbox
    const select = readSelect(call.query)
    return { mailbox: id, folder, generation, since: null, anchor, after: 0, select, filter, changeType: call.query.get('changeType') }
  }
  const read = place.safeParse(decodeOpaque(token))
  if (!read.success || read.data.mailbox !== id || read.data.folder !== folder)
    throw new GraphError(400, 'ErrorInvalidUrlQuery', 'The delta token is not valid for this mailbox and folder.')
  if (read.data.generation !== mailbox.deltaGeneration)
    throw new GraphError(410, 'SyncStateNotFound', `The sync state generation is not found; generation=${read.data.generation}, etag.`)
  const begins = call.query.has('$deltatoken')
  return begins ? { ...read.data, anchor: mailbox.sequence } : read.data
}

/** Oldest first, as far as the filter lets through; what came after the round began belongs to the next one. */
function whatIsThere({ mailbox }: MailboxOwner, folder: FolderName, { filter, anchor }: Place): Entry[] {
  const { matches } = readFilter(filter)
  const there = new Map(
    mailbox.messages.filter((message) => message.folder === folder && matches(message)).map((message) => [message.id, message]),
  )
  return changesBetween(mailbox, folder, 0, anchor).flatMap(({ kind, id, entryId, sequence: at }) => {
    const message = there.get(id)
    return kind === 'created' && message?.entryId === entryId ? [{ at, message }] : []
  })
}

function whatChanged({ mailbox }: MailboxOwner, folder: FolderName, { anchor, changeType, filter }: Place, since: number): Entry[] {
  const { matches } = readFilter(filter)
  const changes = new Map<string, ChangeState[]>()
  for (const change of changesBetween(mailbox, folder, since, anchor)) changes.set(change.id, [...(changes.get(change.id) ?? []), change])
  return [...changes].flatMap(([id, own]): Entry[] => {
    const [first] = own
    const known = findBy(mailbox.messages, 'id', id)
    const message = known?.folder === folder ? known : undefined
    const kind = message === undefined ? 'deleted' : own.some((change) => change.kind === 'created') ? 'created' : 'updated'
    if (first === undefined || (changeType !== null && changeType !== kind) || (message && !matches(message))) return []
    return [{ at: first.sequence, ...(message === undefined ? { gone: first } : { message }) }]
  })
}

/** After `since` and up to `upTo`: each change has its place in the list by its number. */
function changesBetween({ changes }: MailboxOwner['mailbox'], folder: FolderName, since: number, upTo: number): ChangeState[] {
  return changes.slice(since, upTo).filter((change) => change.folder === folder)
}

function show(owner: MailboxOwner, entry: Entry, preferences: Preferences, select: string[] | null) {
  if ('gone' in entry) return { id: idOf(entry.gone, preferences), '@removed': { reason: 'deleted' } }
  return { '@odata.type': '#microsoft.graph.message', ...showMessage(owner, entry.message, preferences, select) }
}
