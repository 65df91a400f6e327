import { maxGraphMessageBytes } from '@tenantry/sdk/ports'
import type { GraphGateway } from '@tenantry/sdk/ports'
import { path } from '../rest/path.ts'
import { identified, messageList, user } from './answers.ts'
import { asCaller, graphAddress, mailboxAddress, refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'
import { goneMessage, nullWhenGone } from './when-gone.ts'

/** A message that large needs 1.5 MB/s to come in within a minute. */
const mimePatience = 6
/** Graph says text/plain; a message has a type of its own. */
const mimeTypes = ['text/plain', 'message/rfc822', 'application/octet-stream']

/** Who signed in, and what lies in a mailbox. */
export function createMailbox(wire: GraphWire): Pick<GraphGateway, 'getMe' | 'getInbox' | 'getMime' | 'isSent'> {
  const { request, download } = wire
  return {
    async getMe(call) {
      const operation = 'graph.me'
      const query = { $select: 'id,mail,userPrincipalName' }
      const url = `${graphAddress(wire, call)}/me`
      const { id, mail, userPrincipalName } = await request({ operation, method: 'GET', url, query, ...asCaller(call) }, user)
      // Who has no mailbox has no mail address.
      const address = [mail, userPrincipalName].find((name) => name?.includes('@'))
      if (address === undefined || address === null) throw refuse(operation, 200, 'unexpected_answer')
      return { id, address }
    },

    getInbox: async (call, mailbox) =>
      request(
        {
          operation: 'graph.folders.get',
          method: 'GET',
          url: `${mailboxAddress(wire, call, mailbox)}/mailFolders/inbox`,
          query: { $select: 'id' },
          ...asCaller(call),
        },
        identified,
      ),

    async getMime(call, { mailbox, id }) {
      const url = mailboxAddress(wire, call, mailbox) + path`/messages/${id}/$value`
      const caller = asCaller(call)
      const answer = download(
        {
          operation: 'graph.messages.value',
          method: 'GET',
          url,
          accessToken: caller.accessToken,
          headers: { ...caller.headers, accept: mimeTypes.join(', ') },
          capBytes: maxGraphMessageBytes,
          patience: mimePatience,
        },
        mimeTypes,
      )
      return nullWhenGone(goneMessage, answer)
    },

    async isSent(call, { mailbox, messageId }) {
      const query = { $filter: `internetMessageId eq '${messageId.replaceAll("'", "''")}'`, $select: 'id', $top: 1 }
      const url = `${mailboxAddress(wire, call, mailbox)}/mailFolders/sentitems/messages`
      const list = await request({ operation: 'graph.messages.list', method: 'GET', url, query, ...asCaller(call) }, messageList)
      return list.value.length > 0
    },
  }
}
