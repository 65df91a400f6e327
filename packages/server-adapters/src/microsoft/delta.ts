import type { GraphDeltaPage, GraphGateway, GraphMessageRef } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import { deltaPage } from './answers.ts'
import type { deltaEntry } from './answers.ts'
import { deltaOf, followLink } from './follow-link.ts'
import { asCaller, graphAddress, immutableIds, mailboxAddress, refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'

const operation = 'graph.messages.delta'
const pageCap = 4 * 1024 * 1024
/** A first round goes over the whole inbox. */
const pageSize = 200

/** New messages of an inbox. Source: learn.microsoft.com/graph/api/message-delta. */
export function createDelta(wire: GraphWire): Pick<GraphGateway, 'listDelta'> {
  return {
    async listDelta(call, { mailbox, link }) {
      const follow = (given: string): string | null => followLink(given, graphAddress(wire, call), deltaOf(mailbox))
      const url = link === null ? beginning(mailboxAddress(wire, call, mailbox)) : follow(link)
      if (url === null) throw refuse(operation, 0, 'foreign_link')
      const page = await wire.request(
        {
          operation,
          method: 'GET',
          url,
          accessToken: asCaller(call).accessToken,
          headers: { prefer: `${immutableIds}, odata.maxpagesize=${pageSize}` },
          capBytes: pageCap,
        },
        deltaPage,
      )
      const next = readNext(page, follow)
      // Checked before it is handed out, so that no cursor is ever stored that could not be followed.
      if (next === 'foreign') throw refuse(operation, 200, 'foreign_link')
      if (next === null) throw refuse(operation, 200, 'unexpected_answer')
      return { messages: page.value.flatMap(describeEntry), next }
    },
  }
}

/**
 * Creations only, because a change of one that is known is no new mail; and no `$filter` by time, with which a delta tells of 5,000 messages at most and
 * does not say so. Source: learn.microsoft.com/graph/delta-query-messages.
 */
function beginning(address: string): string {
  const query = new URLSearchParams({ changeType: 'created', $select: 'id,internetMessageId,conversationId,receivedDateTime' })
  return `${address}/mailFolders/inbox/messages/delta?${query.toString()}`
}

/** Exactly one of the two links, if it may be followed; `null` where there is none or both. */
function readNext(page: z.infer<typeof deltaPage>, follow: (link: string) => string | null): GraphDeltaPage['next'] | 'foreign' | null {
  const { '@odata.nextLink': forward, '@odata.deltaLink': later } = page
  const given = forward ?? later
  if (given === undefined || (forward !== undefined && later !== undefined)) return null
  const link = follow(given)
  if (link === null) return 'foreign'
  return forward === undefined ? { deltaLink: link } : { pageLink: link }
}

function describeEntry(entry: z.infer<typeof deltaEntry>): readonly GraphMessageRef[] {
  if (entry['@removed'] !== undefined) return []
  const { id, internetMessageId, conversationId, receivedDateTime: receivedAt } = entry
  return [{ id, messageId: internetMessageId || null, conversationId: conversationId || null, receivedAt }]
}
