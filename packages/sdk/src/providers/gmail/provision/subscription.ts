import { TenantryError } from '../../../errors/index.ts'
import type { ServiceAccountKey } from '../../../model/service-account-key.ts'
import type { PubSubGateway, PubSubSubscription, WantedSubscription } from '../../../ports/index.ts'
import { isOurs } from '../../../vendors/google/names.ts'
import { created } from './race.ts'
import type { StepResult } from './topic.ts'

/** What Pub/Sub makes of the topic of a subscription that outlived it. */
const deletedTopic = '_deleted-topic_'

/** A push has to be answered within it, and a pulled message to be stored. */
const leastAckDeadlineSeconds = 30

const rounds = 3

/** What to do with the dead letters of a subscription that is there: as wanted, as found, or none unless somebody else wants them. */
export type DeadLetterRule = 'set' | 'leave' | 'clear'

/**
 * Makes sure that a subscription is there and as it should be. One that is ours is made anew when its topic is gone. One without our labels is
 * adopted when it is on our topic, and otherwise left alone. What drifted is repaired by one call per kind of field; when all is right it is only read.
 * @throws `pubsub_name_taken`, `pubsub_topic_missing`, `pubsub_read_back_failed`, ProviderRefusal
 */
export async function ensureSubscription(
  pubsub: PubSubGateway,
  key: ServiceAccountKey,
  wanted: WantedSubscription,
  deadLetterRule: DeadLetterRule,
): Promise<StepResult> {
  let state: StepResult['state'] = 'already_there'
  for (let round = 1; round <= rounds; round += 1) {
    const found = await pubsub.getSubscription(key, wanted.name)
    if (found !== null && found.topic === wanted.topic) {
      const ours = isOurs(found.labels, wanted.labels)
      const leave = deadLetterRule === 'leave' || (deadLetterRule === 'clear' && !ours)
      if (await repair(pubsub, key, found, leave ? { ...wanted, deadLetter: found.deadLetter } : wanted)) state = 'done'
      return { state, ours: ours ? [wanted.name] : [] }
    }
    if (found !== null) await clearWay(pubsub, key, found, wanted)
    // When somebody else is first, it is read again and judged like anything that was there before.
    if (await created(pubsub.createSubscription(key, wanted))) state = 'done'
  }
  throw new TenantryError('pubsub_read_back_failed')
}

/** Whether it is on the wanted topic and pushes, or is pulled, as wanted. */
export function isAsWanted(found: PubSubSubscription, wanted: Omit<WantedSubscription, 'labels' | 'deadLetter'>): boolean {
  return found.topic === wanted.topic && pushesAsWanted(found, wanted)
}

/** Whether deadline, expiry, retry and dead letter are as they should be. */
export function isKeptAsWanted(found: PubSubSubscription, wanted: WantedSubscription): boolean {
  return (
    found.neverExpires &&
    found.hasRetryPolicy &&
    found.ackDeadlineSeconds >= leastAckDeadlineSeconds &&
    found.deadLetter?.topic === wanted.deadLetter?.topic &&
    found.deadLetter?.maxDeliveryAttempts === wanted.deadLetter?.maxDeliveryAttempts
  )
}

function pushesAsWanted(found: PubSubSubscription, wanted: Pick<WantedSubscription, 'pushEndpoint' | 'audience' | 'signer'>): boolean {
  return found.pushEndpoint === wanted.pushEndpoint && found.audience === wanted.audience && found.signer === wanted.signer
}

/** @returns whether anything had to be written */
async function repair(
  pubsub: PubSubGateway,
  key: ServiceAccountKey,
  found: PubSubSubscription,
  wanted: WantedSubscription,
): Promise<boolean> {
  const pushes = pushesAsWanted(found, wanted)
  const kept = isKeptAsWanted(found, wanted)
  if (pushes && kept) return false
  if (!pushes) await pubsub.modifyPush(key, wanted)
  // Its labels stay as they are: they say who made it.
  if (!kept) await pubsub.repairSubscription(key, { ...wanted, labels: found.labels })
  const written = await pubsub.getSubscription(key, wanted.name)
  if (written === null || !isAsWanted(written, wanted) || !isKeptAsWanted(written, wanted))
    throw new TenantryError('pubsub_read_back_failed')
  return true
}

/** The topic of a subscription cannot be changed, so only what we made may go to make room. */
async function clearWay(
  pubsub: PubSubGateway,
  key: ServiceAccountKey,
  found: PubSubSubscription,
  wanted: WantedSubscription,
): Promise<void> {
  if (isOurs(found.labels, wanted.labels)) return pubsub.deleteSubscription(key, found.name)
  throw new TenantryError(found.topic === deletedTopic ? 'pubsub_topic_missing' : 'pubsub_name_taken')
}
