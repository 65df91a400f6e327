import { isAccepted, sendPush } from '../../push/send-push.ts'
import { playPushFaults } from '../../push/play-push-faults.ts'
import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import type { NotificationState, SubscriptionState } from '../state/subscription-state.ts'

/** Longer than that, and Graph counts the endpoint as failing. Source: learn.microsoft.com, "Receive change notifications through webhooks". */
const TIMEOUT = 10_000
/** Retried for so long. */
const GIVE_UP_AFTER = 4 * 3_600_000
const BATCH = 100

/** Posts soon; what happens at the same moment goes to the same endpoint in one post, whichever subscriptions it is of. */
export function queueNotification(world: World, subscription: SubscriptionState, url: string, item: Record<string, unknown>): void {
  const { notifications } = world.state.microsoft
  const now = world.clock.now()
  const waiting = notifications.find(
    (other) => other.url === url && other.attempt === 0 && other.dueAt === now && other.items.length < BATCH,
  )
  if (waiting !== undefined) {
    waiting.items.push(item)
    return
  }
  const notification = { id: newId(20), subscriptionId: subscription.id, url, items: [item], attempt: 0, createdAt: now, dueAt: now }
  notifications.push(notification)
  wait(world, notification)
}

/** Takes up what was waiting, after a restart. */
export function resumeNotifications(world: World): void {
  for (const notification of world.state.microsoft.notifications) wait(world, notification)
}

function wait(world: World, { id, dueAt }: NotificationState): void {
  world.background.at(dueAt, () => attempt(world, id))
}

async function attempt(world: World, id: string): Promise<void> {
  const notification = find(world, id)
  if (notification === undefined) return
  notification.attempt += 1
  const plan = playPushFaults(world, 'graph')
  if (plan.drop) return settle(world, id)
  if (plan.delay > 0) return world.background.at(world.clock.now() + plan.delay, () => deliver(world, id, 1))
  await deliver(world, id, plan.copies)
}

async function deliver(world: World, id: string, copies: number): Promise<void> {
  const notification = find(world, id)
  if (notification === undefined) return
  const push = {
    kind: 'graph' as const,
    url: notification.url,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ value: notification.items }),
    attempt: notification.attempt,
    timeoutMs: TIMEOUT,
  }
  let status = await sendPush(world, push)
  for (let copy = 1; copy < copies; copy++) status = await sendPush(world, push)
  const dueAt = world.clock.now() + 10_000 * 2 ** (notification.attempt - 1)
  if (isAccepted(status) || dueAt > notification.createdAt + GIVE_UP_AFTER) return settle(world, id)
  notification.dueAt = dueAt
  wait(world, notification)
}

function find(world: World, id: string): NotificationState | undefined {
  return world.state.microsoft.notifications.find((notification) => notification.id === id)
}

function settle(world: World, id: string): void {
  const { microsoft } = world.state
  microsoft.notifications = microsoft.notifications.filter((notification) => notification.id !== id)
}
