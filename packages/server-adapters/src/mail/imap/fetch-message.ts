import { ProviderRefusal } from '@tenantry/sdk/errors'
import { maxGraphMessageBytes } from '@tenantry/sdk/ports'
import type { ImapTransport } from '@tenantry/sdk/ports'
import type { FetchMessageObject } from 'imapflow'
import { examineInbox } from './examine-inbox.ts'
import type { ImapClient } from './open-client.ts'

const operation = 'imap.fetch'

/** The bytes of a message of INBOX, or `null`. @throws ProviderRefusal `answer_too_large` */
export async function fetchMessage(
  client: ImapClient,
  { uidValidity, uid }: Parameters<ImapTransport['fetch']>[1],
  deadlineMs: number,
): Promise<Uint8Array | null> {
  const place = await examineInbox(client)
  if (place.uidValidity !== uidValidity) return null
  const ask = async (query: { readonly size?: true; readonly source?: true }, limitMs?: number) => {
    const answers = await client.run(operation, () => client.flow.fetchAll(String(uid), { uid: true, ...query }, { uid: true }), limitMs)
    return answers.filter((answer) => answer.uid === uid)
  }
  const size = sureOf(await ask({ size: true }), (answer) => answer.size)
  if (size === null) return null
  if (size > maxGraphMessageBytes)
    throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 400, reason: 'answer_too_large' })
  // Of NIL imapflow makes `false`.
  const source = sureOf(await ask({ source: true }, deadlineMs), (answer) =>
    answer.source instanceof Uint8Array ? answer.source : undefined,
  )
  return source === null ? null : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}

/** `null` when the server tells nothing of the message, which is then gone. @throws ProviderRefusal when it tells of the message and not what was asked for */
function sureOf<Value>(answers: readonly FetchMessageObject[], read: (answer: FetchMessageObject) => Value | undefined): Value | null {
  if (answers.length === 0) return null
  const value = answers.map(read).find((found) => found !== undefined)
  if (value === undefined) throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 503, reason: 'unexpected_answer' })
  return value
}
