import { createSandbox, createVirtualClock } from '@tenantry/sandbox'
import type { Sandbox } from '@tenantry/sandbox'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import { TenantryError } from '@tenantry/sdk/errors'
import type { Action } from '@tenantry/sdk/ports'
import { createMemorySecrets, createTestTenantry, testPrincipal } from '@tenantry/sdk/testing'
import type { TestTenantry } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import { createHandler } from '@tenantry/server-adapters/http'
import { asSentByBrowser, createCookieJar, leadHere } from './browser.ts'

export interface StoryWorldOptions {
  /** Origin of the pretended deployment. */
  readonly baseUrl?: string
}

/** A host's whole back end in the page: the sdk on memory adapters, its HTTP handler, and Google. */
export interface StoryWorld extends TestTenantry {
  readonly sandbox: Sandbox
  /** What the host's own rules and machines do; scenarios change it. */
  readonly host: HostRules
  /** Answers what a browser on the host's page sends. */
  answer(request: Request): Promise<Response>
}

export interface HostRules {
  /** What the person may not do. */
  denied: readonly Action[]
  /** The secret store does not answer. */
  secretsDown: boolean
}

/** 21 November 2026, 08:00 UTC: every story starts then, so that every run shows the same. */
export const storyStart = Date.UTC(2026, 10, 21, 8)

/** A fresh world, on a clock that only the toolbar and scenarios move. */
export function createStoryWorld({ baseUrl = 'https://app.example.com' }: StoryWorldOptions = {}): StoryWorld {
  const clock = createVirtualClock({ now: storyStart, frozen: true })
  const sandbox = createSandbox({ origin: location.origin, clock, deliver: (request) => tenantry.receivePush(request) })
  sandbox.google.createAccount({ address: 'support@acme.test', name: 'Acme Support' })
  sandbox.google.createAccount({ address: 'dana@acme.test', name: 'Dana' })
  const host: HostRules = { denied: [], secretsDown: false }
  const memory = createMemorySecrets({ now: clock.now })
  const google = createGoogleGateway({ endpoints: sandbox.endpoints, fetch: (request) => sandbox.fetch(request), crypto: createWebCrypto(), clock })
  const tenantry = createTestTenantry({
    sandbox,
    google,
    baseUrl,
    authorize: ({ action }) => !host.denied.includes(action),
    secrets: {
      ...memory,
      get: (ref) => (host.secretsDown ? Promise.reject(new TenantryError('unavailable')) : memory.get(ref)),
      put: (ref, value, ifVersion) => (host.secretsDown ? Promise.reject(new TenantryError('unavailable')) : memory.put(ref, value, ifVersion)),
    },
  })
  const handler = createHandler(tenantry.sdk, { identify: () => testPrincipal })
  const jar = createCookieJar()
  return {
    ...tenantry,
    sandbox,
    host,
    async answer(request) {
      const url = new URL(request.url)
      if (url.pathname.startsWith('/accounts.google.com/')) return leadHere(await sandbox.fetch(request), baseUrl)
      return jar.store(await handler(asSentByBrowser(request, baseUrl, jar)))
    },
  }
}
