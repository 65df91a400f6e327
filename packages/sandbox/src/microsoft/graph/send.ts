import { z } from 'zod/mini'
import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { deleteMessage } from '../mail/mailbox.ts'
import { bytesOf } from '../mail/stored-message.ts'
import { submit } from '../mail/submit.ts'
import { checkSender } from './check-sender.ts'
import { GraphError } from './graph-error.ts'
import { mailboxOperation } from './graph-operation.ts'
import { composeMessage, messageBody } from './message-body.ts'
import { messageIn } from './messages.ts'
import { openMailbox } from './open-mailbox.ts'
import { isMime, readBody, readMime } from './read-body.ts'

const sendBody = z.object({ message: messageBody, saveToSentItems: z.optional(z.boolean()) })

/** Above this many bytes of MIME, sendMail answers 200, and nothing is ever sent. */
const LOST_ABOVE = 2240 * 1024

/** Sending: at once, or a draft. */
export function createSendOperations(world: World): Operation[] {
  return [
    ...mailboxOperation(world, { name: 'graph.sendMail', method: 'POST', path: '/sendMail', handle: (call) => sendMail(world, call) }),
    ...mailboxOperation(world, {
      name: 'graph.messages.send',
      method: 'POST',
      path: '/messages/:id/send',
      handle: (call) => sendDraft(world, call),
    }),
  ]
}

function sendMail(world: World, call: Call): Response {
  const { owner, caller } = openMailbox(world, call, 'send')
  const { raw, save } = readMail(world, call, owner.address)
  if (isMime(call) && raw.length > LOST_ABOVE) return new Response(null, { status: 200 })
  const sender = checkSender(world, caller, owner, raw)
  return accept(world, () => submit(world, { raw, sender, copyTo: save ? owner : null }))
}

function sendDraft(world: World, call: Call): Response {
  const { owner, caller } = openMailbox(world, call, 'send')
  const draft = messageIn(owner, param(call, 'id'))
  if (!draft.isDraft) throw new GraphError(400, 'ErrorInvalidOperation', 'The message is not a draft.')
  const raw = bytesOf(draft)
  const sender = checkSender(world, caller, owner, raw)
  return accept(world, () => {
    deleteMessage(world, owner, draft)
    submit(world, { raw, sender, copyTo: owner })
  })
}

/** Graph answers first and sends then. */
function accept(world: World, send: () => void): Response {
  world.background.at(world.clock.now(), async () => {
    send()
    world.changed()
  })
  return new Response(null, { status: 202 })
}

function readMail(world: World, call: Call, address: string): { raw: Uint8Array; save: boolean } {
  if (isMime(call)) return { raw: readMime(call), save: true }
  const { message, saveToSentItems = true } = readBody(call, sendBody)
  return { raw: composeMessage(message, address, world.clock.now()), save: saveToSentItems }
}
