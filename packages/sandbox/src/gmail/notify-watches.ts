import { encodeBase64 } from '../state/encoding.ts'
import type { AccountState } from '../state/account-state.ts'
import type { TopicState } from '../state/pubsub-state.ts'
import type { WatchState } from '../state/watch-state.ts'
import type { World } from '../state/world.ts'

export const GMAIL_PUBLISHER = 'serviceAccount:gmail-api-push@system.gserviceaccount.com'

/** Publishes {emailAddress, historyId} to the topic of every live watch that is interested. */
export function notifyWatches(world: World, account: AccountState, labelIds: string[]): void {
  for (const watch of world.state.watches) {
    if (watch.address === account.address && watch.expiresAt > world.clock.now() && isInterested(watch, labelIds))
      publishTo(world, account, watch)
  }
}

/** Publishes the current historyId; without topic or right to publish, Gmail stays silent. */
export function publishTo(world: World, account: AccountState, watch: WatchState): void {
  const topic = world.state.topics.find((candidate) => candidate.name === watch.topicName)
  if (!topic || !mayPublish(topic)) return
  const { historyId } = account.mailbox
  // Written by hand as a number: a uint64 does not survive a JavaScript number.
  const written = world.state.historyIdAs === 'number' ? historyId : JSON.stringify(historyId)
  const json = `{"emailAddress":${JSON.stringify(account.address)},"historyId":${written}}`
  const message = { data: encodeBase64(new TextEncoder().encode(json)), attributes: {} }
  world.background.at(world.clock.now(), async () => {
    await world.pubsub.publish(topic.name, [message])
  })
}

/** Gmail's own service account holds the publisher role on the topic. */
export function mayPublish(topic: TopicState): boolean {
  return topic.policy.bindings.some(
    ({ role, members }) =>
      ['roles/pubsub.publisher', 'roles/pubsub.editor', 'roles/pubsub.admin'].includes(role) && members.includes(GMAIL_PUBLISHER),
  )
}

function isInterested({ labelIds, labelFilterBehavior }: WatchState, touched: string[]): boolean {
  if (labelIds.length === 0) return true
  const hit = labelIds.some((label) => touched.includes(label))
  return labelFilterBehavior === 'include' ? hit : !hit
}
