import { ProviderRefusal } from '../../../errors/index.ts'
import { spread } from '../../../model/spread.ts'
import type { SubscriptionRecord } from '../../../ports/index.ts'
import type { ProviderCall } from '../../provider.ts'
import type { MailboxDesk } from '../desk.ts'
import { askGraph } from './ask-graph.ts'

/** The longest that Graph was documented to let a subscription on mail live; newer pages say a week. */
export const longestMs = 4230 * 60_000

/** At three eighths to half of what was granted, by its name: Graph may take one away early and never say so. */
export function graphRenewAt({ id, createdAt, expiresAt }: SubscriptionRecord): number {
  return createdAt + spread(Math.floor(((expiresAt ?? createdAt) - createdAt) / 2), id)
}

/** @returns the renewed row, or `null` when Graph knows the subscription no longer */
export async function renew(desk: MailboxDesk, call: ProviderCall, record: SubscriptionRecord): Promise<SubscriptionRecord | null> {
  const { resourceId: id } = record
  if (id === null) return null
  const now = call.clock.now()
  try {
    const { expiresAt } = await askGraph(desk, call, (graph, as) => graph.renewSubscription(as, { id, expiresAt: now + longestMs }))
    return { ...record, expiresAt, createdAt: now }
  } catch (error) {
    if (error instanceof ProviderRefusal && error.httpStatus === 404 && error.reason !== undefined) return null
    throw error
  }
}
