import { ProviderRefusal } from '../../errors/index.ts'
import type { GmailMessage, GoogleGateway } from '../../ports/index.ts'
import type { Change, ProviderCall, PulledPage } from '../provider.ts'
import { parseGmailSettings } from './settings.ts'
import type { GmailSettings } from './settings.ts'

const neverInbound = ['SENT', 'DRAFT', 'SPAM', 'TRASH']

/** Starts at the mailbox's present: mail from before the connection is not imported. */
export async function* startGmail(google: GoogleGateway, call: ProviderCall): AsyncIterable<PulledPage> {
  const { historyId } = await google.gmail.getProfile({ accessToken: await call.accessToken() })
  yield { changes: [], cursor: historyId }
}

/** New mail since a history id. The cursor moves with the last page only, because the ids of a page are no safe place to start from. */
export async function* pullGmail(google: GoogleGateway, call: ProviderCall, cursor: string): AsyncIterable<PulledPage> {
  const seen = new Set<string>()
  let pageToken: string | null = null
  do {
    const accessToken = await call.accessToken()
    const page = await google.gmail.listHistory(
      { accessToken },
      { startHistoryId: cursor, maxResults: 500, ...(pageToken !== null && { pageToken }) },
    )
    const fresh = page.added.map(({ messageId }) => messageId).filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    pageToken = page.nextPageToken
    yield { changes: await readMessages(google, call, [...new Set(fresh)]), cursor: pageToken === null ? page.historyId : null }
  } while (pageToken !== null)
}

const marginMs = 60 * 60_000

/** Everything that arrived since a time, for when the history is too old. The place to go on from is read first. */
export async function* recoverGmail(google: GoogleGateway, call: ProviderCall, since: number): AsyncIterable<PulledPage> {
  const { historyId } = await google.gmail.getProfile({ accessToken: await call.accessToken() })
  const query = `after:${Math.floor((since - marginMs) / 1000)}`
  let pageToken: string | null = null
  do {
    const accessToken = await call.accessToken()
    const page = await google.gmail.listMessages({ accessToken }, { query, ...(pageToken !== null && { pageToken }) })
    pageToken = page.nextPageToken
    yield { changes: await readMessages(google, call, page.ids), cursor: pageToken === null ? historyId : null }
  } while (pageToken !== null)
}

async function readMessages(google: GoogleGateway, call: ProviderCall, ids: readonly string[]): Promise<Change[]> {
  const settings = parseGmailSettings(call.connection.settings)
  const changes: Change[] = []
  for (const id of ids) {
    const message = await readMessage(google, call, id)
    if (message !== null && isWanted(message, settings)) changes.push(toChange(call, message))
  }
  return changes
}

/** `null` for a message that was deleted before it could be read. */
async function readMessage(google: GoogleGateway, call: ProviderCall, id: string): Promise<GmailMessage | null> {
  try {
    return await google.gmail.getMessage({ accessToken: await call.accessToken() }, id)
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === 404) return null
    throw error
  }
}

/** The rule is applied to what the message is now, not to what the notification or the history said. */
export function isWanted(message: Pick<GmailMessage, 'labelIds'>, settings: Pick<GmailSettings, 'labelIds' | 'labelMode'>): boolean {
  if (message.labelIds.some((label) => neverInbound.includes(label))) return false
  const matches = message.labelIds.some((label) => settings.labelIds.includes(label))
  return settings.labelMode === 'include' ? matches : !matches
}

function toChange(call: ProviderCall, message: GmailMessage): Change {
  return {
    key: `message:${message.id}`,
    occurredAt: message.internalDate,
    body: {
      type: 'message.received',
      message: {
        providerMessageId: message.id,
        providerThreadId: message.threadId,
        labelIds: message.labelIds,
        mailbox: call.connection.account?.address ?? '',
        raw: message.raw,
      },
    },
  }
}
