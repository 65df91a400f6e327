import { z } from 'zod/mini'
import { param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { authenticate } from '../graph/authenticate.ts'
import type { Caller } from '../graph/authenticate.ts'
import { GraphError } from '../graph/graph-error.ts'
import { graphOperation } from '../graph/graph-operation.ts'
import { readBody } from '../graph/read-body.ts'
import type { SubscriptionState } from '../state/subscription-state.ts'
import { createSubscription } from './create-subscription.ts'
import { readExpiration } from './read-expiration.ts'

const renewBody = z.object({ expirationDateTime: z.string() })

/** Graph subscriptions. */
export function createSubscriptionOperations(world: World): Operation[] {
  const one = '/subscriptions/:id'
  return [
    graphOperation(world, {
      name: 'graph.subscriptions.create',
      method: 'POST',
      path: '/subscriptions',
      handle: async (call) => Response.json(show(await createSubscription(world, call)), { status: 201 }),
    }),
    graphOperation(world, { name: 'graph.subscriptions.list', method: 'GET', path: '/subscriptions', handle: (call) => list(world, call) }),
    graphOperation(world, {
      name: 'graph.subscriptions.get',
      method: 'GET',
      path: one,
      handle: (call) => hideState(find(world, authenticate(world, call), call)),
    }),
    graphOperation(world, { name: 'graph.subscriptions.renew', method: 'PATCH', path: one, handle: (call) => renew(world, call) }),
    graphOperation(world, {
      name: 'graph.subscriptions.reauthorize',
      method: 'POST',
      path: `${one}/reauthorize`,
      handle: (call) => reauthorize(world, call),
    }),
    graphOperation(world, { name: 'graph.subscriptions.delete', method: 'DELETE', path: one, handle: (call) => remove(world, call) }),
  ]
}

function list(world: World, call: Call): Record<string, unknown> {
  const caller = authenticate(world, call)
  const own = live(world).filter((subscription) => belongsTo(subscription, caller))
  return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions', value: own.map(hideState) }
}

/** Extends, and reauthorizes. */
function renew(world: World, call: Call): Record<string, unknown> {
  const subscription = find(world, authenticate(world, call), call)
  subscription.expiresAt = readExpiration(readBody(call, renewBody).expirationDateTime, world.clock.now())
  subscription.paused = false
  return hideState(subscription)
}

function reauthorize(world: World, call: Call): Response {
  find(world, authenticate(world, call), call).paused = false
  return new Response(null, { status: 204 })
}

function remove(world: World, call: Call): Response {
  const subscription = find(world, authenticate(world, call), call)
  const { microsoft } = world.state
  microsoft.subscriptions = microsoft.subscriptions.filter((other) => other !== subscription)
  return new Response(null, { status: 204 })
}

function find(world: World, caller: Caller, call: Call): SubscriptionState {
  const found = live(world).find(({ id }) => id === param(call, 'id'))
  if (found === undefined || !belongsTo(found, caller)) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.')
  return found
}

function live(world: World): SubscriptionState[] {
  const now = world.clock.now()
  return world.state.microsoft.subscriptions.filter(({ expiresAt }) => expiresAt > now)
}

function belongsTo({ clientId, directoryId, creator }: SubscriptionState, { token, person }: Caller): boolean {
  return clientId === token.clientId && directoryId === token.directoryId && creator === (person?.id ?? null)
}

/** Only the answer that creates it shows it. */
function hideState(subscription: SubscriptionState): Record<string, unknown> {
  return { ...show(subscription), clientState: null }
}

function show(subscription: SubscriptionState): Record<string, unknown> {
  const { id, resource, clientId, changeType, clientState, notificationUrl, lifecycleUrl, expiresAt, creator } = subscription
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#subscriptions/$entity',
    id,
    resource,
    applicationId: clientId,
    changeType,
    clientState,
    notificationUrl,
    lifecycleNotificationUrl: lifecycleUrl,
    expirationDateTime: new Date(expiresAt).toISOString(),
    creatorId: creator ?? clientId,
    latestSupportedTlsVersion: 'v1_2',
    includeResourceData: null,
  }
}
