import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { GraphGateway } from '@tenantry/sdk/ports'
import { path } from '../rest/path.ts'
import type { RestCall } from '../rest/rest-call.ts'
import { identified } from './answers.ts'
import { encodeBase64 } from './encode-base64.ts'
import { asCaller, mailboxAddress, refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'
import { goneMessage, nullWhenGone } from './when-gone.ts'

/** The answer repeats the message with its body. */
const draftCap = 8 * 1024 * 1024

/** Sending, at once or by way of a draft. Source: learn.microsoft.com/graph/outlook-send-mime-message. */
export function createDrafts(wire: GraphWire): Pick<GraphGateway, 'sendMime' | 'createDraft' | 'sendDraft' | 'deleteDraft'> {
  const { request, command } = wire

  const send = async (details: RestCall): Promise<void> => {
    try {
      await command({ ...details, done: 202 })
    } catch (error) {
      // Above a size that no document names, Graph was seen to answer 200 and to send nothing.
      if (error instanceof ProviderRefusal && error.httpStatus === 200) throw refuse(details.operation, 200, 'accepted_not_sent')
      throw error
    }
  }

  return {
    async sendMime(call, { mailbox, raw }) {
      const url = `${mailboxAddress(wire, call, mailbox)}/sendMail`
      await send({ operation: 'graph.sendMail', method: 'POST', url, ...asCaller(call), body: encodeBase64(raw) })
    },

    async createDraft(call, { mailbox, raw }) {
      const url = `${mailboxAddress(wire, call, mailbox)}/messages`
      const body = encodeBase64(raw)
      const details = { operation: 'graph.messages.create', method: 'POST', url, ...asCaller(call), body, done: 201 } as const
      const { id } = await request({ ...details, capBytes: draftCap }, identified)
      return { id }
    },

    async sendDraft(call, { mailbox, id }) {
      const url = mailboxAddress(wire, call, mailbox) + path`/messages/${id}/send`
      await send({ operation: 'graph.messages.send', method: 'POST', url, ...asCaller(call) })
    },

    async deleteDraft(call, { mailbox, id }) {
      const url = mailboxAddress(wire, call, mailbox) + path`/messages/${id}`
      await nullWhenGone(goneMessage, command({ operation: 'graph.messages.delete', method: 'DELETE', url, ...asCaller(call) }))
    },
  }
}
