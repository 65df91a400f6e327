import { http } from 'msw/http'
import type { StoryWorld } from './create-story-world.ts'

/** One handler for everything that a host serves and for Google's sign-in pages: what answers is the sdk, never a written reply. */
export function answerWith(world: StoryWorld) {
  return [
    http.all('/api/*', ({ request }) => world.answer(request)),
    http.all('/accounts.google.com/*', ({ request }) => world.answer(request)),
  ]
}
