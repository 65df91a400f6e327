import type { World } from '../../state/world.ts'
import { findBy } from '../../state/find-by.ts'
import type { SubscriptionState } from '../state/subscription-state.ts'

/** A person's subscription on a mailbox that is not their own is created, renewed and listed, and nothing ever comes of it. */
export function isSilent(world: World, { creator, mailbox }: Pick<SubscriptionState, 'creator' | 'mailbox'>): boolean {
  return creator !== null && findBy(world.state.microsoft.recipients, 'id', mailbox)?.id !== creator
}
