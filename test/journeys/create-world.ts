import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { createTestTenantry } from '@tenantry/sdk/testing'
import type { TestTenantry, TestTenantryOptions } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'

export interface World extends TestTenantry {
  readonly sandbox: Sandbox
}

export const start = Date.UTC(2026, 10, 21, 8)

/** The sdk on memory adapters against the sandbox, on a clock that only the test moves. */
export function createWorld(options: Partial<Omit<TestTenantryOptions, 'sandbox' | 'google'>> = {}): World {
  const deliver = (request: Request): Promise<Response> => world.receivePush(request)
  const sandbox = createSandbox({ clock: createVirtualClock({ now: start, frozen: true }), deliver })
  sandbox.google.createAccount({ address: 'support@acme.test', name: 'Acme Support' })
  sandbox.google.createAccount({ address: 'dana@acme.test', name: 'Dana' })
  const google = createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
  const world: World = { ...createTestTenantry({ sandbox, google, ...options }), sandbox }
  return world
}
