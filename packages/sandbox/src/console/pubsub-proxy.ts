import { Hono } from 'hono'
import { playPushFaults } from '../push/play-push-faults.ts'
import { PROXY_PATH } from '../pubsub/emulator-backend.ts'
import { isAccepted } from '../push/send-push.ts'
import { pushMessage } from '../pubsub/push-message.ts'
import type { World } from '../state/world.ts'

/** Where Google's emulator delivers: signs the push as Google does, passes it on, and returns the receiver's status. */
export function createPubSubProxy(world: World): Hono {
  const app = new Hono()
  const attempts = new Map<string, number>()
  // The emulator counts from 1 at every start; Google's ids never come again.
  const startId = `${Math.floor(world.clock.now() / 1000)}`
  app.post(`${PROXY_PATH}/projects/:project/subscriptions/:subscription`, async (context) => {
    const name = `projects/${context.req.param('project')}/subscriptions/${context.req.param('subscription')}`
    const subscription = world.state.subscriptions.find((candidate) => candidate.name === name)
    if (!subscription?.pushConfig) return context.body(null, 404)
    const message = renameMessage(await context.req.text(), startId)
    const { messageId } = message
    const attempt = (attempts.get(messageId) ?? 0) + 1
    attempts.set(messageId, attempt)
    // The emulator counts attempts for its dead letters and does not tell.
    const body = JSON.stringify({ ...message.push, ...(subscription.deadLetter ? { deliveryAttempt: attempt } : {}) })
    const plan = playPushFaults(world, 'pubsub')
    if (plan.drop) return context.body(null, 204)
    // The emulator waits for the answer: a delay asked for in virtual time is waited for in real time.
    if (plan.delay > 0) await new Promise((resolve) => setTimeout(resolve, plan.delay))
    const timeoutMs = subscription.ackDeadlineSeconds * 1000
    const status = await pushMessage(world, { config: subscription.pushConfig, body, attempt, timeoutMs, plan })
    if (isAccepted(status)) {
      subscription.lastActiveAt = world.clock.now()
      attempts.delete(messageId)
    }
    // 102 cannot be a final status in HTTP; to the emulator it is as good as 204.
    return new Response(null, { status: status === 102 ? 204 : (status ?? 503) })
  })
  return app
}

/** Puts the start's id before the message's, in both spellings. */
function renameMessage(text: string, startId: string): { push: Record<string, unknown>; messageId: string } {
  const push = JSON.parse(text) as { message?: Record<string, unknown> }
  const messageId = `${startId}${String(push.message?.['messageId'] ?? push.message?.['message_id'] ?? '').padStart(8, '0')}`
  return { push: { ...push, message: { ...push.message, messageId, message_id: messageId } }, messageId }
}
