import { notFound } from '../http/api-error.ts'
import { param } from '../http/operation.ts'
import type { Operation } from '../http/operation.ts'
import type { LabelState } from '../state/account-state.ts'
import type { World } from '../state/world.ts'
import { GMAIL_ACCESS, openMailbox } from './open-mailbox.ts'

const PATH = '/gmail.googleapis.com/gmail/v1/users/:userId'

/** `users.getProfile`, `users.labels.list` and `users.labels.get` */
export function createProfileOperations(world: World): Operation[] {
  return [
    {
      name: 'gmail.profile',
      method: 'GET',
      path: `${PATH}/profile`,
      handle: (call) => {
        const { address, mailbox } = openMailbox(world, call, GMAIL_ACCESS.metadata).account
        const threads = new Set(mailbox.messages.map((message) => message.threadId))
        return { emailAddress: address, messagesTotal: mailbox.messages.length, threadsTotal: threads.size, historyId: mailbox.historyId }
      },
    },
    {
      name: 'gmail.labels.list',
      method: 'GET',
      path: `${PATH}/labels`,
      handle: (call) => ({ labels: openMailbox(world, call, GMAIL_ACCESS.labels).account.mailbox.labels.map(show) }),
    },
    {
      name: 'gmail.labels.get',
      method: 'GET',
      path: `${PATH}/labels/:id`,
      handle: (call) => {
        const label = openMailbox(world, call, GMAIL_ACCESS.labels).account.mailbox.labels.find(({ id }) => id === param(call, 'id'))
        if (!label) throw notFound()
        return show(label)
      },
    },
  ]
}

function show({ id, name, type }: LabelState) {
  return { id, name, type, ...(type === 'user' ? { messageListVisibility: 'show', labelListVisibility: 'labelShow' } : {}) }
}
