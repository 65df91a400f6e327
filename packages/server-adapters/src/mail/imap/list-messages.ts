import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ImapMessageRef, ImapTransport } from '@tenantry/sdk/ports'
import type { FetchMessageObject } from 'imapflow'
import { examineInbox } from './examine-inbox.ts'
import type { ImapClient } from './open-client.ts'

const operation = 'imap.list'

/** UIDs in one command: a line that every server takes. */
const largestBatch = 200

const dayMs = 24 * 60 * 60_000

/** Messages of INBOX from a UID on, oldest first. @throws ProviderRefusal */
export async function listMessages(
  client: ImapClient,
  { fromUid, limit, since }: Parameters<ImapTransport['list']>[1],
): ReturnType<ImapTransport['list']> {
  const place = await examineInbox(client)
  const messages: ImapMessageRef[] = []
  let uids = await searchUids(client, fromUid, since)
  while (messages.length < limit && uids.length > 0) {
    const batch = uids.slice(0, Math.min(limit - messages.length, largestBatch))
    uids = uids.slice(batch.length)
    const answers = await client.run(operation, () =>
      client.flow.fetchAll(batch.join(','), { uid: true, internalDate: true, size: true }, { uid: true }),
    )
    const asked = new Set(batch)
    const found = answers.map(readRef).filter((message) => message !== null && asked.has(message.uid))
    messages.push(...found.filter((message) => message !== null).filter(({ receivedAt }) => since === undefined || receivedAt >= since))
  }
  return { ...place, messages: messages.toSorted((left, right) => left.uid - right.uid) }
}

async function searchUids(client: ImapClient, fromUid: number, since: number | undefined): Promise<readonly number[]> {
  // SEARCH SINCE knows days only, and those of the server's zone: a day more is asked for, and cut by the time later.
  const query = { uid: `${fromUid}:*`, ...(since !== undefined && { since: new Date(since - dayMs) }) }
  const found = await client.run(operation, () => client.flow.search(query, { uid: true }))
  if (!Array.isArray(found)) client.refuseLast(operation)
  // RFC 9051: a range with `*` also names the last message where that lies before the range.
  return found.filter((uid) => uid >= fromUid).toSorted((left, right) => left - right)
}

/** `null` for what the server told about a message without being asked. */
function readRef({ uid, internalDate, size }: FetchMessageObject): ImapMessageRef | null {
  if (internalDate === undefined || size === undefined) return null
  const receivedAt = new Date(internalDate).getTime()
  if (Number.isNaN(receivedAt)) throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 503, reason: 'unexpected_answer' })
  return { uid, receivedAt, size }
}
