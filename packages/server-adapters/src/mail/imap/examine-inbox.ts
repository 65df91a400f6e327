import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { ImapPlace } from '@tenantry/sdk/ports'
import type { ImapClient } from './open-client.ts'

const largestNumber = 0xff_ff_ff_ff

/** Opens INBOX for reading only. @throws ProviderRefusal */
export async function examineInbox(client: ImapClient): Promise<ImapPlace> {
  const operation = 'imap.examine'
  const { uidValidity, uidNext } = await client.run(operation, () => client.flow.mailboxOpen('INBOX', { readOnly: true }))
  const place = { uidValidity: Number(uidValidity), uidNext: Number(uidNext) }
  if (Object.values(place).every((number) => Number.isInteger(number) && number > 0 && number <= largestNumber)) return place
  throw new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 503, reason: 'unexpected_answer' })
}
