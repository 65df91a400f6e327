import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { EventHandlers } from '@tenantry/sdk'
import type { KeyProvider, SecretsProvider } from '@tenantry/sdk/ports'
import { createMemoryKeys, createMemorySecrets, createMemoryStore, createTestTenantry } from '@tenantry/sdk/testing'
import type { MemoryStore, TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { start } from '../journeys/create-world.ts'
import { createMortal } from './mortal.ts'
import type { Death, Mortal } from './mortal.ts'

/** Everything that outlives a process: Google, the database, the keys. */
export interface Ground {
  readonly sandbox: Sandbox
  /** Where Google's posts go. */
  readonly deliver: { to(request: Request): Promise<Response> }
  readonly store: MemoryStore
  readonly secrets: SecretsProvider
  readonly keys: KeyProvider
}

/** A ground of its own, which goes on from a past that stays as it is. */
export function createGround(past?: Ground): Ground {
  const deliver: Ground['deliver'] = { to: () => Promise.resolve(new Response(null, { status: 503 })) }
  const sandbox = createSandbox({
    clock: createVirtualClock({ now: past?.sandbox.clock.now() ?? start, frozen: true }),
    deliver: (request) => deliver.to(request),
    ...(past && { state: past.sandbox.snapshot() }),
  })
  return {
    sandbox,
    deliver,
    store: past?.store.fork() ?? createMemoryStore(),
    secrets: past?.secrets ?? createMemorySecrets({ now: () => start }),
    keys: past?.keys ?? createMemoryKeys(),
  }
}

export interface Process extends TestTenantry {
  readonly mortal: Mortal
}

/** One process of the host. Google posts to the newest. */
export function startProcess(ground: Ground, on: EventHandlers, death: Death | null): Process {
  const { sandbox, store, secrets, keys } = ground
  const mortal = createMortal({ store, fetch: (request) => sandbox.fetch(request) }, death)
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch: mortal.fetch, crypto: createWebCrypto(), clock: sandbox.clock })
  const world = createTestTenantry({ sandbox, google, store: mortal.store, secrets, keys, fetch: mortal.fetch, on })
  ground.deliver.to = async (request) => {
    try {
      return await world.receivePush(request)
    } catch {
      return new Response(null, { status: 503 })
    }
  }
  return { ...world, mortal }
}

/** Does some work, until it is done or the process is dead. */
export async function untilDeath({ mortal }: Process, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!mortal.isDead()) throw error
  }
}
