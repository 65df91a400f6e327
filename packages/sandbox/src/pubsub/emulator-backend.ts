import type { SubscriptionState } from '../state/pubsub-state.ts'
import type { World } from '../state/world.ts'
import type { PubSubBackend, ReceivedMessage } from './pubsub-backend.ts'

/** Path below which the emulator delivers its pushes to the sandbox. */
export const PROXY_PATH = '/pubsub-proxy'

/**
 * Google's emulator moves the messages. It knows neither rights nor OIDC: the sandbox answers for IAM, and the emulator pushes
 * to the sandbox, which signs and passes on.
 */
export function createEmulatorBackend(getWorld: () => World, emulator: string): PubSubBackend {
  const base = `${emulator.replace(/\/$/, '')}/v1/`
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(base + path, { method, ...init })
    const text = await response.text()
    if (!response.ok) throw new EmulatorRefusal(method, path, response.status, text)
    return text === '' ? {} : JSON.parse(text)
  }
  const ensure = (path: string, body: unknown) =>
    call('PUT', path, body).catch((problem: unknown) => {
      if (!(problem instanceof EmulatorRefusal) || problem.status !== 409) throw problem
    })
  const drop = (path: string) =>
    call('DELETE', path).catch((problem: unknown) => {
      if (!(problem instanceof EmulatorRefusal) || problem.status !== 404) throw problem
    })
  const describe = ({ name, topic, pushConfig, ackDeadlineSeconds, retentionSeconds, retryPolicy, deadLetter }: SubscriptionState) => ({
    name,
    topic,
    pushConfig: pushConfig ? { pushEndpoint: `${getWorld().origin}${PROXY_PATH}/${name}` } : {},
    ackDeadlineSeconds,
    messageRetentionDuration: `${retentionSeconds}s`,
    ...(retryPolicy
      ? { retryPolicy: { minimumBackoff: `${retryPolicy.minimumBackoff}s`, maximumBackoff: `${retryPolicy.maximumBackoff}s` } }
      : {}),
    ...(deadLetter ? { deadLetterPolicy: { deadLetterTopic: deadLetter.topic, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts } } : {}),
  })
  return {
    createTopic: async (name) => void (await ensure(name, {})),
    deleteTopic: async (name) => void (await drop(name)),
    createSubscription: async (subscription) => void (await ensure(subscription.name, describe(subscription))),
    updateSubscription: async (subscription) => {
      const described = describe(subscription)
      await call('POST', `${subscription.name}:modifyPushConfig`, { pushConfig: described.pushConfig })
      // What is named and absent goes back to its default.
      const updateMask = 'ackDeadlineSeconds,messageRetentionDuration,retryPolicy,deadLetterPolicy'
      await call('PATCH', subscription.name, { subscription: described, updateMask })
    },
    deleteSubscription: async (name) => void (await drop(name)),
    publish: async (topic, messages) => {
      // The emulator refuses a message with neither data nor attributes, as Google does.
      const answer = await call('POST', `${topic}:publish`, { messages })
      return (answer as { messageIds: string[] }).messageIds
    },
    pull: async (subscription, maxMessages) => {
      const answer = await call('POST', `${subscription.name}:pull`, { maxMessages, returnImmediately: true })
      return (answer as { receivedMessages?: ReceivedMessage[] }).receivedMessages ?? []
    },
    acknowledge: async (subscription, ackIds) => void (await call('POST', `${subscription.name}:acknowledge`, { ackIds })),
    resume: async () => {
      const { topics, subscriptions } = getWorld().state
      for (const topic of topics) await ensure(topic.name, {})
      for (const subscription of subscriptions) await ensure(subscription.name, describe(subscription))
    },
  }
}

class EmulatorRefusal extends Error {
  readonly status: number

  constructor(method: string, path: string, status: number, body: string) {
    super(`The Pub/Sub emulator answered ${status} to ${method} ${path}: ${body}`)
    this.name = 'EmulatorRefusal'
    this.status = status
  }
}
