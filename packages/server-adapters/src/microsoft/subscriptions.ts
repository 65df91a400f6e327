import type { GraphGateway, GraphSubscription, MailboxPath } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import { path } from '../rest/path.ts'
import { subscription, subscriptionPage } from './answers.ts'
import { followLink } from './follow-link.ts'
import { asCaller, graphAddress, mailboxPath, refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'
import { goneSubscription, nullWhenGone } from './when-gone.ts'

const pageCap = 4 * 1024 * 1024
/** Far more than an app has: whoever sends more does not mean to end. */
const maxPages = 200

type Subscriptions = Pick<GraphGateway, 'createSubscription' | 'renewSubscription' | 'listSubscriptions' | 'deleteSubscription'>

/** Change notifications. Source: learn.microsoft.com/graph/api/resources/subscription. */
export function createSubscriptions(wire: GraphWire): Subscriptions {
  const { request, command } = wire
  return {
    async createSubscription(call, { mailbox, notificationUrl, lifecycleUrl, clientState, expiresAt }) {
      const url = `${graphAddress(wire, call)}/subscriptions`
      const body = {
        changeType: 'created',
        notificationUrl,
        lifecycleNotificationUrl: lifecycleUrl,
        resource: inboxOf(mailbox),
        expirationDateTime: new Date(expiresAt).toISOString(),
        clientState,
      }
      const details = { operation: 'graph.subscriptions.create', method: 'POST', url, ...asCaller(call), body, done: 201 } as const
      return describeSubscription(await request(details, subscription))
    },

    async renewSubscription(call, { id, expiresAt }) {
      const url = graphAddress(wire, call) + path`/subscriptions/${id}`
      const body = { expirationDateTime: new Date(expiresAt).toISOString() }
      const details = { operation: 'graph.subscriptions.renew', method: 'PATCH', url, ...asCaller(call), body } as const
      return describeSubscription(await request(details, subscription))
    },

    async listSubscriptions(call) {
      const operation = 'graph.subscriptions.list'
      const graph = graphAddress(wire, call)
      const found: GraphSubscription[] = []
      let url = `${graph}/subscriptions`
      for (let pages = 0; pages < maxPages; pages += 1) {
        const page = await request({ operation, method: 'GET', url, ...asCaller(call), capBytes: pageCap }, subscriptionPage)
        found.push(...page.value.map(describeSubscription))
        const link = page['@odata.nextLink']
        if (link === undefined) return found
        const next = followLink(link, graph, ['subscriptions'])
        if (next === null) throw refuse(operation, 200, 'foreign_link')
        url = next
      }
      throw refuse(operation, 200, 'unexpected_answer')
    },

    async deleteSubscription(call, id) {
      const url = graphAddress(wire, call) + path`/subscriptions/${id}`
      await nullWhenGone(goneSubscription, command({ operation: 'graph.subscriptions.delete', method: 'DELETE', url, ...asCaller(call) }))
    },
  }
}

/** A name and no address: Graph wants the at sign as it is. */
function inboxOf(mailbox: MailboxPath): string {
  return `${mailboxPath(mailbox).replaceAll('%40', '@')}/mailFolders('inbox')/messages`
}

function describeSubscription({ expirationDateTime: expiresAt, ...named }: z.infer<typeof subscription>): GraphSubscription {
  return { ...named, expiresAt }
}
