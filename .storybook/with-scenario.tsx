import type { Decorator, Loader } from '@storybook/react-vite'
import { createClient } from '@tenantry/sdk/client'
import { TenantryProvider } from '@tenantry/ui/provider'
import { QueryClient } from '@tanstack/react-query'
import { mswLoader } from 'msw-storybook-addon/csf3'
import { useEffect, useState } from 'react'
import { addons } from 'storybook/preview-api'
import { advanceClock } from './clock-channel.ts'
import { createStoryWorld } from './create-story-world.ts'
import type { StoryWorld, StoryWorldOptions } from './create-story-world.ts'
import { answerWith, startWorker } from './msw.ts'
import { loadLanguage } from './pseudo-language.ts'

/** Drives the sdk against the sandbox until the world is in the wanted state. Returns the id of the connection that the story is about. */
export type Scenario = (world: StoryWorld) => Promise<string | void>

declare module 'storybook/internal/csf' {
  interface Parameters {
    /** Runs before the story renders, in a world of its own. */
    scenario?: Scenario
    /** The prop that takes the connection's id. */
    connectionProp?: string
    world?: StoryWorldOptions
  }
}

const loadWorker = mswLoader(startWorker)

/** Makes a fresh world for the story and brings it into the state that the story is about. */
export const loadScenario: Loader = async (context) => {
  // Loaders of one list run at once, and ours needs the worker.
  await loadWorker(context)
  const { parameters, msw } = context
  const world = createStoryWorld(parameters.world)
  msw.use(answerWith(world))
  const connectionId = await parameters.scenario?.(world)
  return { world, connectionId }
}

/** The world that a story runs in, for its play function. */
export function worldOf({ loaded }: { readonly loaded: Record<string, unknown> }): StoryWorld {
  return loaded['world'] as StoryWorld
}

/** The provider as a host mounts it, over real fetch. */
export const withScenario: Decorator = (Story, { loaded, globals, args, id, parameters }) => {
  const world = worldOf({ loaded })
  const { connectionProp } = parameters
  return (
    <Host key={id} world={world} theme={globals['theme']} dir={globals['direction']} locale={globals['locale']}>
      <Story args={connectionProp === undefined ? args : { ...args, [connectionProp]: loaded['connectionId'] }} />
    </Host>
  )
}

interface HostProps {
  world: StoryWorld
  theme: 'light' | 'dark'
  dir: 'ltr' | 'rtl'
  locale: string
  children: React.ReactNode
}

function Host({ world, theme, dir, locale, children }: HostProps) {
  const [client] = useState(() => createClient())
  const [queryClient] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }))
  const now = useStoryClock(world, queryClient)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.dir = dir
  }, [theme, dir])
  return (
    <TenantryProvider
      client={client}
      queryClient={queryClient}
      appName="Helpdesk"
      locale={locale}
      loadMessages={loadLanguage}
      dir={dir}
      now={now}
      timeZone="UTC"
      navigate={() => undefined}
    >
      {children}
    </TenantryProvider>
  )
}

/** The world's time; a new function when the toolbar has moved it, so that everything that shows a time looks again. */
function useStoryClock(world: StoryWorld, queryClient: QueryClient): () => number {
  const [now, setNow] = useState(() => () => world.sandbox.clock.now())
  useEffect(() => {
    const channel = addons.getChannel()
    const advance = async (milliseconds: number) => {
      await world.sandbox.clock.advance(milliseconds)
      await world.settle()
      setNow(() => () => world.sandbox.clock.now())
      await queryClient.invalidateQueries()
    }
    channel.on(advanceClock, advance)
    return () => channel.off(advanceClock, advance)
  }, [world, queryClient])
  return now
}
