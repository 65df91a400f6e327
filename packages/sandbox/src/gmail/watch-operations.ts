import { z } from 'zod/mini'
import { ApiError, invalidArgument, notFound } from '../http/api-error.ts'
import type { Call, Operation } from '../http/operation.ts'
import { readJson } from '../http/read-json.ts'
import { findBy } from '../state/find-by.ts'
import type { World } from '../state/world.ts'
import type { WatchState } from '../state/watch-state.ts'
import { mayPublish, publishTo } from './notify-watches.ts'
import { GMAIL_ACCESS, openMailbox } from './open-mailbox.ts'

const WATCH_LIFETIME = 7 * 86_400_000
const PATH = '/gmail.googleapis.com/gmail/v1/users/:userId'
const watchBody = z.strictObject({
  topicName: z.optional(z.string()),
  labelIds: z.optional(z.array(z.string())),
  labelFilterBehavior: z.optional(z.enum(['include', 'exclude', 'INCLUDE', 'EXCLUDE'])),
  labelFilterAction: z.optional(z.enum(['include', 'exclude'])),
})

/** `users.watch` and `users.stop` */
export function createWatchOperations(world: World): Operation[] {
  return [
    { name: 'gmail.watch', method: 'POST', path: `${PATH}/watch`, handle: (call) => watch(world, call) },
    { name: 'gmail.stop', method: 'POST', path: `${PATH}/stop`, handle: (call) => stop(world, call) },
  ]
}

function watch(world: World, call: Call) {
  const { account, token } = openMailbox(world, call, GMAIL_ACCESS.metadata)
  const body = readJson(call, watchBody)
  const topicName = body.topicName ?? ''
  requireTopic(world, topicName, token.projectId)
  const labelIds = body.labelIds ?? []
  const unknown = labelIds.find((label) => !account.mailbox.labels.some(({ id }) => id === label))
  if (unknown) throw invalidArgument(`Invalid label: ${unknown}`)
  const previous = world.state.watches.find((other) => isOf(other, account.address, token.projectId) && other.expiresAt > world.clock.now())
  if (previous && previous.topicName !== topicName)
    throw invalidArgument('Only one user push notification client allowed per developer (call /stop then try again)')
  const behavior = (body.labelFilterBehavior ?? body.labelFilterAction ?? 'include').toLowerCase()
  const fresh: WatchState = {
    address: account.address,
    projectId: token.projectId,
    topicName,
    labelIds,
    labelFilterBehavior: behavior === 'exclude' ? 'exclude' : 'include',
    expiresAt: world.clock.now() + WATCH_LIFETIME,
    notifiedAt: previous?.notifiedAt ?? null,
  }
  world.state.watches = [...world.state.watches.filter((other) => !isOf(other, account.address, token.projectId)), fresh]
  // Comes on top of the one a second: "If the watch request is successful, a notification is immediately sent."
  publishTo(world, account, fresh)
  return { historyId: account.mailbox.historyId, expiration: String(fresh.expiresAt) }
}

function stop(world: World, call: Call) {
  const { account, token } = openMailbox(world, call, GMAIL_ACCESS.metadata)
  world.state.watches = world.state.watches.filter((other) => !isOf(other, account.address, token.projectId))
  return new Response(null, { status: 204 })
}

function requireTopic(world: World, topicName: string, projectId: string): void {
  if (topicName.match(/^projects\/([^/]+)\/topics\/[^/]+$/)?.[1] !== projectId)
    throw invalidArgument(`Invalid topicName does not match projects/${projectId}/topics/*`)
  const topic = findBy(world.state.topics, 'name', topicName)
  if (!topic) throw notFound(`Resource not found (resource=${topicName.split('/').at(-1)}).`)
  if (mayPublish(world, topic)) return
  const message = `Error sending test message to Cloud PubSub ${topicName} : User not authorized to perform this action.`
  throw new ApiError({ code: 403, status: 'PERMISSION_DENIED', message, reason: 'forbidden' })
}

function isOf(watch: WatchState, address: string, projectId: string): boolean {
  return watch.address === address && watch.projectId === projectId
}
