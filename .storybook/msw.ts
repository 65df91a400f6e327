import { http } from 'msw'
import type { HttpHandler } from 'msw'
import { setupWorker } from 'msw/browser'
import type { SetupWorker } from 'msw/browser'
import type { StoryWorld } from './create-story-world.ts'

/** Starts the service worker; what no handler takes is Storybook's own. */
export async function startWorker(): Promise<SetupWorker> {
  const worker = setupWorker()
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: './mockServiceWorker.js' } })
  return worker
}

/** One catch-all for all that a host serves: what answers is the sdk, never a written reply. */
export function answerWith(world: StoryWorld): HttpHandler {
  return http.all('*/api/*', ({ request }) => world.answer(request))
}
