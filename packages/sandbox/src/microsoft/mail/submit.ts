import { addMessage as fileAtGmail } from '../../gmail/mailbox.ts'
import { parseMime } from '../../gmail/mime.ts'
import type { World } from '../../state/world.ts'
import { newId } from '../../state/new-id.ts'
import { hasMailbox, lookUp } from '../find.ts'
import type { MailboxOwner } from '../find.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import { addressesIn } from './addresses.ts'
import { changeHead, isField } from './head.ts'
import { addMessage } from './mailbox.ts'

/** What Exchange is given to send. */
export interface Submission {
  raw: Uint8Array
  /** Everybody, blind copies too; default as the header fields say. */
  to?: string[]
  /** Whose name stands in `Sender`, when somebody sends on behalf of `From`. */
  sender: RecipientState | null
  /** Where the copy is filed; null: nowhere. */
  copyTo: MailboxOwner | null
}

/** Files the copy and delivers to every mailbox of this sandbox, Google's too; what goes elsewhere is gone. */
export function submit(world: World, submission: Submission): void {
  const raw = changeHead(submission.raw, (fields) => complete(world, submission, fields))
  const to = submission.to ?? recipientsOf(submission.raw)
  if (submission.copyTo !== null) addMessage(world, submission.copyTo, { raw, folder: 'sentitems' })
  const delivered = changeHead(raw, (fields) => fields.filter((field) => !isField(field, 'bcc')))
  for (const address of new Set(to.map((each) => each.toLowerCase()))) deliverTo(world, address, delivered)
}

/** Puts a message into the inbox of whoever has this address. */
export function deliverTo(world: World, address: string, raw: Uint8Array): void {
  const recipient = lookUp(world, address)
  if (recipient !== undefined && hasMailbox(recipient)) addMessage(world, recipient, { raw, folder: 'inbox' })
  const account = world.state.accounts.find((candidate) => candidate.address === address)
  if (account?.mailbox.enabled) fileAtGmail(world, account, { raw, labelIds: ['INBOX', 'UNREAD'] })
}

/** Whom the header fields name. */
export function recipientsOf(raw: Uint8Array): string[] {
  const head = parseMime(raw.subarray(0, 256 * 1024))
  return ['to', 'cc', 'bcc'].flatMap((field) => addressesIn(head, field)).map(({ address }) => address)
}

/** Message-ID and Date where they are missing; Sender as Exchange knows it. */
function complete(world: World, { sender }: Submission, fields: string[]): string[] {
  const has = (name: string) => fields.some((field) => isField(field, name))
  return [
    ...(has('message-id') ? [] : [`Message-ID: <${newId(32)}@outlook.test>`]),
    ...(has('date') ? [] : [`Date: ${new Date(world.clock.now()).toUTCString().replace('GMT', '+0000')}`]),
    ...fields.filter((field) => !isField(field, 'sender')),
    ...(sender === null ? [] : [`Sender: ${sender.address}`]),
  ]
}
