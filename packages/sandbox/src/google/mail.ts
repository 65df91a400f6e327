import { addMessage, changeLabels, deleteMessage, expireHistory } from '../gmail/mailbox.ts'
import { writeMail } from '../mail/write-mail.ts'
import type { AccountState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { findAccount, findMessage } from './find.ts'
import type { DeliveredMail, GoogleWorld, Mail } from './google-world.ts'

type MailVerbs = Pick<
  GoogleWorld,
  | 'deliverMail'
  | 'deliverMany'
  | 'trashMessage'
  | 'deleteMessage'
  | 'changeLabels'
  | 'createLabel'
  | 'renameLabel'
  | 'expireHistory'
  | 'expirePageTokens'
  | 'historyIdAs'
>

/** What happens in mailboxes. */
export function createMailVerbs(world: World): MailVerbs {
  const onMessage = (address: string, id: string) => {
    const account = findAccount(world, address)
    return { account, message: findMessage(account, id) }
  }
  return {
    deliverMail: (address, mail) => deliver(world, findAccount(world, address), mail),
    deliverMany: (address, mails) => {
      const account = findAccount(world, address)
      return mails.map((mail) => deliver(world, account, mail))
    },
    trashMessage: (address, id) => {
      const { account, message } = onMessage(address, id)
      changeLabels(world, account, message, { add: ['TRASH'], remove: ['INBOX'] })
    },
    deleteMessage: (address, id) => {
      const { account, message } = onMessage(address, id)
      deleteMessage(world, account, message)
    },
    changeLabels: (address, id, change) => {
      const { account, message } = onMessage(address, id)
      changeLabels(world, account, message, change)
    },
    createLabel: (address, name) => {
      const { mailbox } = findAccount(world, address)
      const label = { id: `Label_${++world.state.sequence}`, name, type: 'user' as const }
      mailbox.labels.push(label)
      return { id: label.id, name }
    },
    renameLabel: (address, id, name) => {
      const label = findAccount(world, address).mailbox.labels.find((candidate) => candidate.id === id)
      if (!label || label.type === 'system') throw new Error(`${address} has no label ${id} of its own`)
      label.name = name
    },
    expireHistory: (address) => expireHistory(findAccount(world, address).mailbox),
    expirePageTokens: (address) => {
      findAccount(world, address).mailbox.pageTokenGeneration += 1
    },
    historyIdAs: (type) => {
      world.state.historyIdAs = type
    },
  }
}

function deliver(world: World, account: AccountState, mail: Mail): DeliveredMail {
  const { id, threadId, historyId } = addMessage(world, account, {
    raw: writeMail(account.address, mail, world.clock.now()),
    labelIds: mail.labels ?? ['INBOX', 'UNREAD'],
  })
  return { id, threadId, historyId }
}
