import { ProviderRefusal } from '@tenantry/sdk/errors'
import { maxGraphMessageBytes } from '@tenantry/sdk/ports'
import type { ImapTransport } from '@tenantry/sdk/ports'
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
  const size = (await ask({ size: true })).find((answer) => answer.size !== undefined)?.size
  if (size === undefined) return null
  if (size > maxGraphMessageBytes)
    throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 400, reason: 'answer_too_large' })
  const source = (await ask({ source: true }, deadlineMs)).find((answer) => answer.source !== undefined)?.source
  return source === undefined ? null : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}
