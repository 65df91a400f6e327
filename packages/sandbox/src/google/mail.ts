import { addMessage, changeLabels, deleteMessage, expireHistory } from '../gmail/mailbox.ts'
import { newId } from '../state/new-id.ts'
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
    raw: bytesOf(world, account, mail),
    labelIds: mail.labels ?? ['INBOX', 'UNREAD'],
  })
  return { id, threadId, historyId }
}

function bytesOf(world: World, account: AccountState, mail: Mail): Uint8Array {
  const encoder = new TextEncoder()
  if ('eml' in mail) return typeof mail.eml === 'string' ? encoder.encode(mail.eml) : mail.eml
  const lines = [
    `Message-ID: <${newId(24)}@mail.example>`,
    `Date: ${new Date(world.clock.now()).toUTCString().replace('GMT', '+0000')}`,
    `From: ${oneLine(mail.from)}`,
    `To: ${account.address}`,
    `Subject: ${encodeWord(oneLine(mail.subject))}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.text.replace(/\r?\n/g, '\r\n'),
  ]
  return encoder.encode(`${lines.join('\r\n')}\r\n`)
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

function encodeWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return `=?UTF-8?B?${btoa(binary)}?=`
}
