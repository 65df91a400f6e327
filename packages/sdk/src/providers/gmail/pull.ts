import { ProviderRefusal } from '../../errors/index.ts'
import type { GmailHistoryPage, GmailMessageRef, GoogleGateway, RelabelledGmailMessageRef } from '../../ports/index.ts'
import type { Change, ProviderCall, PulledPage } from '../provider.ts'
import { labelsOf } from './labels-of.ts'
import { isNews } from './is-news.ts'
import { isWanted } from './is-wanted.ts'
import { parseGmailSettings } from './settings.ts'

/** Told from history ids, which are numbers. */
const sincePrefix = 'since:'

/** Where nothing but a time is known, mail is searched by it. */
export const gmailPlaceAt = (time: number): string => `${sincePrefix}${time}`

/** Starts at the mailbox's present: mail from before the connection is not imported. */
export async function* startGmail(google: GoogleGateway, call: ProviderCall): AsyncIterable<PulledPage> {
  await labelsOf(google, call)
  const { historyId } = await google.gmail.getProfile({ accessToken: await call.accessToken() })
  yield { changes: [], next: { cursor: historyId } }
}

/**
 * New mail since a history id, and mail that got or lost a label since: a message taken out of Spam is new to us. All pages of a run start from the
 * same id, because the ids of a page are no safe place. Source: developers.google.com/workspace/gmail/api/guides/sync.
 * @throws `unknown_label` before anything is read, so that nothing is passed over
 */
export async function* pullGmail(
  google: GoogleGateway,
  call: ProviderCall,
  cursor: string,
  resume: string | null,
): AsyncIterable<PulledPage> {
  if (cursor.startsWith(sincePrefix)) return yield* searchFrom(google, call, Number(cursor.slice(sincePrefix.length)), resume)
  await labelsOf(google, call)
  let pageToken = resume
  for (let first = true; first || pageToken !== null; first = false) {
    const page: GmailHistoryPage = await listHistory(google, call, cursor, pageToken, first)
    pageToken = page.nextPageToken
    const changes = await nameMessages(google, call, page)
    yield { changes, next: pageToken === null ? { cursor: newest(cursor, page.historyId) } : { resume: pageToken } }
  }
}

async function listHistory(
  google: GoogleGateway,
  call: ProviderCall,
  startHistoryId: string,
  pageToken: string | null,
  mayBeginAgain: boolean,
): Promise<GmailHistoryPage> {
  const list = async (page: { readonly pageToken?: string }) =>
    google.gmail.listHistory({ accessToken: await call.accessToken() }, { startHistoryId, maxResults: 500, ...page })
  try {
    return await list(pageToken === null ? {} : { pageToken })
  } catch (error) {
    if (pageToken === null || !mayBeginAgain || !isOldPageToken(error)) throw error
    return list({})
  }
}

/** Everything that arrived since a time, for when the history is too old, and somewhat earlier. */
export function recoverGmail(google: GoogleGateway, call: ProviderCall, since: number, resume: string | null): AsyncIterable<PulledPage> {
  return searchFrom(google, call, since - marginMs, resume)
}

/** The place to go on from is read before anything is listed. */
async function* searchFrom(google: GoogleGateway, call: ProviderCall, from: number, resume: string | null): AsyncIterable<PulledPage> {
  const labelIds = await labelsOf(google, call)
  const { labelMode } = parseGmailSettings(call.connection.settings)
  const begun = resume === null ? null : (JSON.parse(resume) as Recovery)
  const pin = begun?.pin ?? (await google.gmail.getProfile({ accessToken: await call.accessToken() })).historyId
  if (begun === null) yield { changes: [], next: { resume: JSON.stringify({ pin, pageToken: null } satisfies Recovery) } }
  const search = {
    query: `after:${Math.floor(from / 1000)}`,
    // Several labels would mean all of them at once.
    ...(labelMode === 'include' && labelIds.length === 1 && { labelIds }),
  }
  let pageToken = begun?.pageToken ?? null
  for (let first = true; first || pageToken !== null; first = false) {
    const page = await searchMessages(google, call, search, pageToken, first)
    pageToken = page.nextPageToken
    const changes = page.ids.map((id) => toChange(id))
    yield {
      changes,
      next: pageToken === null ? { cursor: pin } : { resume: JSON.stringify({ pin, pageToken } satisfies Recovery) },
    }
  }
}

interface Recovery {
  readonly pin: string
  readonly pageToken: string | null
}

/** The clocks of sender, Gmail and us differ. */
const marginMs = 60 * 60_000

async function searchMessages(
  google: GoogleGateway,
  call: ProviderCall,
  search: { readonly query: string; readonly labelIds?: readonly string[] },
  pageToken: string | null,
  mayBeginAgain: boolean,
): ReturnType<GoogleGateway['gmail']['listMessages']> {
  const list = async (page: { readonly pageToken?: string }) =>
    google.gmail.listMessages({ accessToken: await call.accessToken() }, { ...search, ...page })
  try {
    return await list(pageToken === null ? {} : { pageToken })
  } catch (error) {
    if (pageToken === null || !mayBeginAgain || !isOldPageToken(error)) throw error
    return list({})
  }
}

const isOldPageToken = (error: unknown): boolean => error instanceof ProviderRefusal && error.httpStatus === 400

/** What the history says of a message decides only whether it is read; what the message says then decides. */
async function nameMessages(google: GoogleGateway, call: ProviderCall, { added, relabelled }: GmailHistoryPage): Promise<Change[]> {
  const rule = { labelIds: await labelsOf(google, call), labelMode: parseGmailSettings(call.connection.settings).labelMode }
  const refs = [...added, ...relabelled.filter((ref) => isNews(ref, rule)).map(withoutLost)]
  const promising = refs.filter((ref) => ref.labelIds.length === 0 || isWanted(ref, rule))
  return [...new Set(promising.map(({ messageId }) => messageId))].map((id) => toChange(id))
}

/** Google does not say whether the labels beside a change are those before it or after it. */
function withoutLost(ref: RelabelledGmailMessageRef): GmailMessageRef {
  return { ...ref, labelIds: ref.labelIds.filter((label) => !ref.removedLabelIds.includes(label)) }
}

function toChange(messageId: string): Change {
  return { key: `message:${messageId}`, occurredAt: 0, body: { type: 'message.received', ref: messageId } }
}

/** History ids are unsigned 64-bit numbers and only grow; a stale replica's answer must not take us back. */
function newest(cursor: string, historyId: string): string {
  return BigInt(historyId) > BigInt(cursor) ? historyId : cursor
}
