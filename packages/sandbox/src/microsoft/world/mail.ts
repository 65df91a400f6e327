import { headerOf } from '../../gmail/mime.ts'
import { writeMail } from '../../mail/write-mail.ts'
import type { World } from '../../state/world.ts'
import { sendingRight } from '../exchange/rights.ts'
import { findByAddress, findMessage, findOwner } from '../find.ts'
import type { MailboxOwner } from '../find.ts'
import { addMessage, deleteMessage, moveMessage } from '../mail/mailbox.ts'
import { bytesOf, readHead } from '../mail/stored-message.ts'
import { submit } from '../mail/submit.ts'
import type { FolderName, MessageState } from '../state/recipient-state.ts'
import type { MicrosoftMail, MicrosoftMessage, MicrosoftWorld } from './microsoft-world.ts'

type MailVerbs = Pick<
  MicrosoftWorld,
  | 'deliverMail'
  | 'deliverMany'
  | 'inbox'
  | 'sentItems'
  | 'drafts'
  | 'deleteMessage'
  | 'moveMessage'
  | 'expireDeltaLinks'
  | 'limitMailbox'
  | 'acceptMail'
>

/** What happens in mailboxes. */
export function createMailVerbs(world: World): MailVerbs {
  const list = (address: string, folder: FolderName) =>
    findOwner(world, address)
      .mailbox.messages.filter((message) => message.folder === folder)
      .map(show)
  return {
    deliverMail: (address, mail) => deliver(world, findOwner(world, address), mail),
    deliverMany: (address, mails) => {
      const owner = findOwner(world, address)
      return mails.map((mail) => deliver(world, owner, mail))
    },
    inbox: (address) => list(address, 'inbox'),
    sentItems: (address) => list(address, 'sentitems'),
    drafts: (address) => list(address, 'drafts'),
    deleteMessage: (address, id) => {
      const owner = findOwner(world, address)
      deleteMessage(world, owner, findMessage(owner, id))
    },
    moveMessage: (address, id, folder) => {
      const owner = findOwner(world, address)
      moveMessage(world, owner, findMessage(owner, id), folder)
    },
    expireDeltaLinks: (address) => {
      findOwner(world, address).mailbox.deltaGeneration += 1
    },
    limitMailbox: (address, limit) => {
      Object.assign(findOwner(world, address).mailbox, limit)
    },
    acceptMail: ({ user, from, to, raw }) => {
      const person = findOwner(world, findByAddress(world, user).address)
      const right = sendingRight(world, person, from)
      if (right === null) throw new Error(`${user} may not send as ${from}`)
      submit(world, { raw, to, sender: right === 'as' ? null : person, copyTo: person })
    },
  }
}

function deliver(world: World, owner: MailboxOwner, mail: MicrosoftMail): { id: string; messageId: string } {
  const { id, messageId } = addMessage(world, owner, { raw: writeMail(owner.address, mail, world.clock.now()), folder: 'inbox' })
  return { id, messageId }
}

function show(message: MessageState): MicrosoftMessage {
  const head = readHead(message)
  const { id, messageId, conversationId, receivedAt } = message
  return {
    id,
    messageId,
    conversationId,
    from: headerOf(head, 'from'),
    subject: headerOf(head, 'subject'),
    receivedAt,
    raw: bytesOf(message),
  }
}
