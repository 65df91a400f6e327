import type { PubSubGateway, PubSubSubscription, PushEndpointRecord, WantedSubscription } from '../../ports/index.ts'
import { gmailPublisherAccount, isOurs, publisherRole } from '../../vendors/google/names.ts'
import type { CheckDefinition, CheckOutcome } from '../check.ts'
import { mayPublish } from './provision/binding.ts'
import { isAsWanted, isKeptAsWanted } from './provision/subscription.ts'
import type { ManagedPlan, PushPlan } from './push/plan.ts'

export interface PubSubState {
  readonly plan: PushPlan
  /** `null` before anything was set up. */
  readonly endpoint: PushEndpointRecord | null
}

/**
 * Reads what provisioning wrote, and changes nothing. Before the first set-up nothing is there yet, which is no failure; without a key of the
 * tenant's nobody can look.
 */
export function checkPubSub(
  pubsub: PubSubGateway,
  load: () => Promise<PubSubState>,
  needs: Pick<CheckDefinition, 'needs'> = {},
): CheckDefinition[] {
  let loading: Promise<PubSubState> | undefined
  const whenManaged = async (check: (plan: ManagedPlan, endpoint: PushEndpointRecord | null) => Promise<CheckOutcome>) => {
    loading ??= load()
    const { plan, endpoint } = await loading
    return plan.mode === 'managed' ? check(plan, endpoint) : notOurs(plan)
  }
  return [
    { id: 'topic', ...needs, run: () => whenManaged((plan, endpoint) => checkTopic(pubsub, plan, endpoint)) },
    { id: 'publisher', needs: 'topic', run: () => whenManaged((plan) => checkPublisher(pubsub, plan)) },
    { id: 'subscription', needs: 'topic', run: () => whenManaged((plan, endpoint) => checkSubscription(pubsub, plan, endpoint)) },
  ]
}

function notOurs(plan: Exclude<PushPlan, ManagedPlan>): CheckOutcome {
  const facts = { notifications: plan.mode }
  if (plan.mode === 'polling') return { status: 'skip', facts: { ...facts, reason: plan.reason } }
  const { topic, subscription, endpoint } = plan.names
  // Nobody can ask Google without a key; what should be there can still be said.
  return { status: 'skip', expected: endpoint, facts: { ...facts, topic, subscription, signer: plan.signer } }
}

async function checkTopic(
  pubsub: PubSubGateway,
  { key, names, labels }: ManagedPlan,
  endpoint: PushEndpointRecord | null,
): Promise<CheckOutcome> {
  const { topic } = names
  const found = await pubsub.getTopic(key, topic)
  if (found !== null) return { expected: topic, actual: found.name, facts: { topic, madeHere: isOurs(found.labels, labels) } }
  const seen = { expected: topic, facts: { topic } }
  if (!wasSetUp(endpoint)) return { ...seen, status: 'skip' }
  return { ...seen, status: 'fail', code: 'pubsub_topic_missing', values: { topic } }
}

async function checkPublisher(pubsub: PubSubGateway, { key, names }: ManagedPlan): Promise<CheckOutcome> {
  const facts = { member: gmailPublisherAccount, role: publisherRole }
  const allowed = mayPublish(await pubsub.getTopicPolicy(key, names.topic))
  return allowed
    ? { facts }
    : { facts, status: 'fail', code: 'pubsub_publisher_missing', expected: `${gmailPublisherAccount} ${publisherRole}` }
}

async function checkSubscription(pubsub: PubSubGateway, plan: ManagedPlan, endpoint: PushEndpointRecord | null): Promise<CheckOutcome> {
  const found = await pubsub.getSubscription(plan.key, plan.wanted.name)
  const wanted = withDeadLetter(plan, found)
  const values = { subscription: wanted.name }
  if (found === null && !wasSetUp(endpoint)) return { status: 'skip', facts: values }
  if (found === null) return { facts: values, status: 'fail', code: 'pubsub_subscription_missing', values }
  const seen = { expected: describe(wanted), actual: describe(found), facts: factsOf(found, plan.labels) }
  if (found.topic !== wanted.topic && !isOurs(found.labels, wanted.labels))
    return { ...seen, status: 'fail', code: 'pubsub_name_taken', values }
  const drift = audienceDrift(found, wanted, endpoint)
  if (drift !== null) return { ...seen, status: 'fail', code: 'pubsub_audience_mismatch', values: drift }
  if (!isAsWanted(found, wanted)) return { ...seen, status: 'fail', code: 'pubsub_read_back_failed' }
  // It works today; what is off decides what becomes of it in a quiet month or in trouble.
  return isKeptAsWanted(found, wanted) ? seen : { ...seen, status: 'warn', code: 'pubsub_read_back_failed' }
}

/** Where Google posts and whom it names, against where we are and whom we accept: one character apart and every push is refused. */
function audienceDrift(
  found: PubSubSubscription,
  wanted: WantedSubscription,
  endpoint: PushEndpointRecord | null,
): { expected: string; actual: string } | null {
  const pairs = [
    [wanted.pushEndpoint, found.pushEndpoint],
    [wanted.audience, found.audience],
    [wanted.audience, endpoint === null ? wanted.audience : endpoint.audience],
  ] as const
  const apart = pairs.find(([expected, actual]) => expected !== actual)
  return apart === undefined ? null : { expected: apart[0] ?? 'pull', actual: apart[1] ?? 'pull' }
}

/** Where the host wants none, those of a subscription that is not ours stay as its owner has them. */
function withDeadLetter({ wanted, deadLetter, names, labels }: ManagedPlan, found: PubSubSubscription | null): WantedSubscription {
  if (deadLetter === null) return found === null || isOurs(found.labels, labels) ? wanted : { ...wanted, deadLetter: found.deadLetter }
  return { ...wanted, deadLetter: { topic: names.deadLetterTopic, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts } }
}

const wasSetUp = (endpoint: PushEndpointRecord | null): boolean => endpoint !== null && endpoint.topic !== null

function describe({ topic, pushEndpoint, audience, signer }: WantedSubscription): string {
  return [topic, pushEndpoint ?? 'pull', audience, signer].filter((line) => line !== null).join('\n')
}

function factsOf(found: PubSubSubscription, labels: ManagedPlan['labels']): NonNullable<CheckOutcome['facts']> {
  return {
    subscription: found.name,
    topic: found.topic,
    pushEndpoint: found.pushEndpoint,
    audience: found.audience,
    signer: found.signer,
    neverExpires: found.neverExpires,
    retriesSlowDown: found.hasRetryPolicy,
    ackDeadlineSeconds: found.ackDeadlineSeconds,
    deadLetterTopic: found.deadLetter?.topic ?? null,
    madeHere: isOurs(found.labels, labels),
  }
}
