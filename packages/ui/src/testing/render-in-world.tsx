import { QueryClient } from '@tanstack/react-query'
import { createClient } from '@tenantry/sdk/client'
import type { TenantryClient } from '@tenantry/sdk/client'
import { act, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { createStoryWorld } from '../../../../.storybook/create-story-world.ts'
import type { StoryWorld, StoryWorldOptions } from '../../../../.storybook/create-story-world.ts'
import { TenantryProvider } from '../provider/index.ts'
import type { TenantryProviderProps, UiEvent } from '../provider/index.ts'

/** A host's back end as stories have it: the real sdk and its handler, Google and Microsoft in memory. What the browser sent is kept. */
export interface BrowserWorld extends StoryWorld {
  readonly client: TenantryClient
  /** Such as `POST /connections {"provider":"gmail"}`; reads are not kept. */
  readonly sent: string[]
}

type Scenario = (world: StoryWorld) => Promise<string | void>

/** A fresh world, brought into a state by a scenario of the stories. */
export async function createBrowserWorld(scenario: Scenario, options?: StoryWorldOptions) {
  keepRequests()
  const world = createStoryWorld(options)
  const connectionId = await scenario(world)
  const sent: string[] = []
  const client = createClient({
    origin: world.sdk.baseUrl,
    fetch: async (url, init) => {
      const path = new URL(url).pathname.replace('/api/tenantry', '')
      if (init.method !== 'GET') sent.push([init.method, path, init.body].join(' '))
      const response = await world.answer(new Request(url, { ...init, signal: null }))
      // To a page that is offline this is no answer at all.
      if (response.type === 'error') throw new TypeError('Failed to fetch')
      return response
    },
  })
  const browser: BrowserWorld = { ...world, client, sent }
  return { world: browser, connectionId: connectionId ?? '' }
}

/** The environment's Request forgets method and body of a Request that is given as its settings. */
function keepRequests(): void {
  const Native: typeof Request = Object.getPrototypeOf(Request)
  vi.stubGlobal(
    'Request',
    new Proxy(Request, {
      construct: (Patched, [input, init]) => (init instanceof Native ? new Native(input, init) : new Patched(input, init)),
    }),
  )
}

type Provider = Partial<Omit<TenantryProviderProps, 'client' | 'children'>>

/** A component as a host mounts it, in that world and at its time. */
export function renderInWorld(world: BrowserWorld, children: ReactNode, provider: Provider = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retryDelay: 1 } } })
  const events: UiEvent[] = []
  const page = (
    <TenantryProvider
      client={world.client}
      appName="Helpdesk"
      tenantId="acme"
      queryClient={queryClient}
      now={world.sandbox.clock.now}
      timeZone="UTC"
      onEvent={(event) => events.push(event)}
      {...provider}
    >
      {children}
    </TenantryProvider>
  )
  const { container, unmount } = render(page)
  /** The server does what is due, and the page looks again. */
  const settle = () =>
    act(async () => {
      await world.settle()
      await queryClient.invalidateQueries()
    })
  return { user: userEvent.setup(), events, queryClient, container, unmount, settle, page }
}

/** All that stays somewhere: cached answers and requests, reported events, the page with its inputs, and what the browser keeps. */
export function everythingKept({ queryClient, events }: { queryClient: QueryClient; events: readonly UiEvent[] }): string {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')].map(({ value }) => value)
  const states = [...queryClient.getMutationCache().getAll(), ...queryClient.getQueryCache().getAll()].map(({ state }) => state)
  return JSON.stringify([states, events, document.documentElement.outerHTML, inputs, { ...localStorage }, { ...sessionStorage }])
}
