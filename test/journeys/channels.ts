import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createTestTenantry } from '@tenantry/sdk/testing'
import type { MemoryKeys, TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import type { World } from './create-world.ts'

const minute = 60_000

/** Channels of a connection as they are stored, newest first. */
export const channelsOf = (world: World, connectionId: string) => world.store.subscriptions.list('acme', connectionId)

export const statesOf = async (world: World, connectionId: string) => (await channelsOf(world, connectionId)).map(({ state }) => state)

/** Ids of the channels that live at Google. */
export const living = (world: World) =>
  world.sandbox
    .snapshot()
    .channels.filter(({ expiresAt }) => expiresAt > world.sandbox.clock.now())
    .map(({ id }) => id)

/** Waits for looks that nobody asked for. */
export async function look(world: World, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await world.sandbox.clock.advance(30 * minute)
    await world.settle()
  }
}

export const callsTo = (world: World, operation: string) => world.sandbox.requests.filter((request) => request.operation === operation)

/** Google names another end in its answers to `events.watch`, or none. @returns how to take that back */
export function answerWatchWith(world: World, expiration: () => unknown): () => void {
  const { fetch } = world.sandbox
  const lie = async (request: Request): Promise<Response> => {
    const response = await fetch(request)
    if (!request.url.endsWith('/events/watch') || !response.ok) return response
    return Response.json({ ...((await response.json()) as object), expiration: expiration() })
  }
  Object.assign(world.sandbox, { fetch: lie })
  return () => void Object.assign(world.sandbox, { fetch })
}

/** The host under another name, on the same database; Google's posts find it there. */
export function moveHost(world: World, keys: MemoryKeys, baseUrl: string): TestTenantry {
  const { sandbox, store, secrets } = world
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const moved = createTestTenantry({ sandbox, google, store, secrets, keys, baseUrl })
  Object.assign(world, { receivePush: moved.receivePush })
  return moved
}
