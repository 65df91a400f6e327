import { isAccepted, sendPush } from '../push/send-push.ts'
import type { PushStatus } from '../push/send-push.ts'
import type { PushPlan } from '../push/play-push-faults.ts'
import type { PushConfigState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import { createPushToken } from './push-token.ts'

/** Signs and sends one Pub/Sub push; a duplicate is sent even though the first copy was accepted. */
export async function pushMessage(
  world: World,
  push: { config: PushConfigState; body: string; attempt: number; timeoutMs: number; plan: PushPlan },
): Promise<PushStatus> {
  const { config, body, attempt, timeoutMs, plan } = push
  const token = await createPushToken(world, config, plan.spoil)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'CloudPubSub-Google',
    ...(token ? { authorization: token } : {}),
  }
  let status: PushStatus = null
  for (let copy = 0; copy < plan.copies; copy++) {
    const answer = await sendPush(world, { kind: 'pubsub', url: config.pushEndpoint, headers, body, attempt, timeoutMs })
    status = isAccepted(status) ? status : answer
  }
  return status
}
