import type { Context } from '../context.ts'
import { isTenantryError, TenantryError } from '../errors/index.ts'
import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider, Notification, PushRequest } from '../providers/provider.ts'
import { changePipe } from './change-pipe.ts'
import { noteReceived } from './note-received.ts'
import { providerPorts } from './provider-call.ts'

export interface ReceiveInput extends PushRequest {
  /** The push path, which tells the provider. */
  readonly path: string
}

/** `answer`: what the vendor has to be told, as plain text, when it only asked whether somebody is there. */
export interface ReceivedPush {
  readonly answer: string | null
}

const bodyCap = 256 * 1024

/**
 * Takes a push: proves it, then writes inbox row, sync request and task in one step. Returns only once that is durable. No provider
 * call, no decryption; the payload moves no cursor and picks no tenant. A genuine one that cannot be read is counted and done with, because
 * sending it again would not make it readable.
 * @throws `push_unauthenticated`, `invalid_input`, `payload_too_large`, `not_found`, `unavailable`
 */
export async function receive(context: Context, input: ReceiveInput): Promise<ReceivedPush> {
  if (input.body.byteLength > bodyCap) throw new TenantryError('payload_too_large')
  const provider = [...context.providers.values()].find(({ pushPath }) => pushPath === input.path)
  if (provider === undefined) throw new TenantryError('not_found')
  const answer = provider.answerHandshake?.(input) ?? null
  if (answer !== null) return { answer }
  for (const notification of await authenticate(context, provider, input)) await take(context, provider, notification, input.key)
  return { answer: null }
}

async function take(context: Context, provider: AnyProvider, notification: Notification, key: string): Promise<void> {
  const { tenantId, to, dedupeKey, handshake, pipe, repair = false } = notification
  if (pipe !== undefined) await changePipe(context, pipe, (current) => learnFrom(pipe, current))
  const receivedAt = context.clock.now()
  if (repair && 'connectionId' in to) {
    await context.store.tasks.schedule({ tenantId, connectionId: to.connectionId, kind: 'provision', dueAt: receivedAt })
    context.jobs.wake()
  }
  // What a replaced pipe still announces asks for nothing, and proves nothing of the one in use.
  if (pipe?.state === 'retiring') return
  const waiting = await context.store.inbox.receive({
    tenantId,
    provider: provider.name,
    to,
    dedupeKey,
    receivedAt,
    requestsSync: !handshake,
  })
  if (waiting > 0) context.jobs.wake()
  if (key !== '') await noteReceived(context, provider, { tenantId, key, receivedAt, isTest: handshake })
}

/** Adds what was not known, and that a pipe which counted as stopped still lives; whatever else was written since it was read stays. */
function learnFrom(pipe: SubscriptionRecord, current: SubscriptionRecord | null): SubscriptionRecord | null {
  if (current === null) return pipe.state === 'retiring' ? pipe : null
  const { resourceId, expiresAt } = current.resourceId === null ? pipe : current
  const state = current.state === 'retired' && pipe.state === 'retiring' ? 'retiring' : current.state
  const learned = { ...current, state, resourceId, expiresAt: expiresAt ?? pipe.expiresAt }
  const isNew = learned.state !== current.state || learned.resourceId !== current.resourceId || learned.expiresAt !== current.expiresAt
  return isNew ? learned : null
}

/** Empty for a genuine one that cannot be read. Before it is proven nothing is written, and nothing that it says is logged. */
async function authenticate(context: Context, provider: AnyProvider, input: ReceiveInput): Promise<readonly Notification[]> {
  try {
    const notifications = await provider.authenticatePush(providerPorts(context, provider), input)
    context.telemetry.count('tenantry.push', notifications.length, { provider: provider.name })
    return notifications
  } catch (error) {
    if (!isTenantryError(error)) throw error
    if (error.code === 'push_unauthenticated') {
      context.telemetry.count('tenantry.push_refused', 1, { provider: provider.name, reason: error.code })
      context.logger.log('warn', 'push.refused', { provider: provider.name, reason: error.code })
    }
    if (error.code !== 'push_malformed') throw error
    await noteMalformed(context, provider, input.key)
    return []
  }
}

async function noteMalformed(context: Context, provider: AnyProvider, key: string): Promise<void> {
  context.telemetry.count('tenantry.push_malformed', 1, { provider: provider.name })
  context.logger.log('warn', 'push.malformed', { provider: provider.name })
  const endpoint = key === '' ? null : await context.store.pushEndpoints.findByKey(key)
  if (endpoint === null) return
  await context.store.pushEndpoints.note(endpoint.tenantId, provider.vendor.name, { receivedAt: context.clock.now(), malformed: 1 })
}
