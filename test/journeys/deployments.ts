import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox, SandboxOptions } from '@tenantry/sandbox'
import type { TenantryEvent } from '@tenantry/sdk'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createMemoryKeys, createMemorySecrets, createMemoryStore, createTestTenantry } from '@tenantry/sdk/testing'
import type { TestTenantryOptions } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { start } from './create-world.ts'
import type { World } from './create-world.ts'

/** What outlives a deployment: Google, the database, the keys, and what the host got. */
export interface Ground {
  readonly sandbox: Sandbox
  /** Of all deployments, in order. */
  readonly events: TenantryEvent[]
  /** Replaces the running deployment by one with other options, on the same database. */
  deploy(options?: Pick<TestTenantryOptions, 'gmail' | 'baseUrl'>): World
}

/** `openSandbox` may serve the sandbox over HTTP, so that others reach it. */
export async function createGround(
  openSandbox: (options: SandboxOptions) => Promise<Sandbox> = (options) => Promise.resolve(createSandbox(options)),
): Promise<Ground> {
  let running: World | null = null
  const deliver = async (request: Request): Promise<Response> =>
    running === null ? new Response(null, { status: 503 }) : running.receivePush(request)
  const sandbox = await openSandbox({ clock: createVirtualClock({ now: start, frozen: true }), deliver })
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const store = createMemoryStore()
  const secrets = createMemorySecrets({ now: () => sandbox.clock.now() })
  const keys = createMemoryKeys()
  const events: TenantryEvent[] = []
  return {
    sandbox,
    events,
    deploy(options = {}) {
      const made = createTestTenantry({ sandbox, google, store, secrets, keys, ...options })
      running = { ...made, sandbox }
      // One list for all of them.
      made.events.push = (...more) => events.push(...more)
      return running
    },
  }
}
