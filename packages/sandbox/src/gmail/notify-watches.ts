import { permissionsOfMember } from '../pubsub/permissions.ts'
import { encodeBase64 } from '../state/encoding.ts'
import type { AccountState } from '../state/account-state.ts'
import { findBy } from '../state/find-by.ts'
import type { TopicState } from '../state/pubsub-state.ts'
import type { WatchState } from '../state/watch-state.ts'
import type { World } from '../state/world.ts'

export const GMAIL_PUBLISHER = 'serviceAccount:gmail-api-push@system.gserviceaccount.com'

/** "A maximum notification rate of 1 event/sec. Any notifications above that rate will be dropped." */
const LEAST_INTERVAL = 1000

/** Publishes {emailAddress, historyId} to the topic of every live watch that is interested, and has not been told within this second. */
export function notifyWatches(world: World, account: AccountState, labelIds: string[]): void {
  const now = world.clock.now()
  for (const watch of world.state.watches) {
    if (watch.address !== account.address || watch.expiresAt <= now || !isInterested(watch, labelIds)) continue
    const since = now - (watch.notifiedAt ?? -Infinity)
    // Below zero when a restart set the clock back, which must not silence the mailbox.
    if (since >= 0 && since < LEAST_INTERVAL) continue
    watch.notifiedAt = now
    publishTo(world, account, watch)
  }
}

/** Publishes the current historyId; without topic or right to publish, Gmail stays silent. */
export function publishTo(world: World, account: AccountState, watch: WatchState): void {
  const topic = findBy(world.state.topics, 'name', watch.topicName)
  if (!topic || !mayPublish(world, topic)) return
  const { historyId } = account.mailbox
  // Written by hand as a number: a uint64 does not survive a JavaScript number.
  const written = world.state.historyIdAs === 'number' ? historyId : JSON.stringify(historyId)
  const json = `{"emailAddress":${JSON.stringify(account.address)},"historyId":${written}}`
  const message = { data: encodeBase64(new TextEncoder().encode(json)), attributes: {} }
  world.background.at(world.clock.now(), async () => {
    await world.pubsub.publish(topic.name, [message])
  })
}

/** Gmail's own service account may publish to the topic, without a condition. */
export function mayPublish(world: World, topic: TopicState): boolean {
  const projectId = topic.name.split('/')[1] ?? ''
  return permissionsOfMember(world, GMAIL_PUBLISHER, projectId, topic.policy.bindings).has('pubsub.topics.publish')
}

function isInterested({ labelIds, labelFilterBehavior }: WatchState, touched: string[]): boolean {
  if (labelIds.length === 0) return true
  const hit = labelIds.some((label) => touched.includes(label))
  return labelFilterBehavior === 'include' ? hit : !hit
}
