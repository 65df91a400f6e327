import { Hono } from 'hono'
import type { GoogleWorld } from '../google/google-world.ts'
import { createPubSubProxy } from './pubsub-proxy.ts'
import type { World } from '../state/world.ts'

/** The sandbox's own pages. */
export function createConsole(world: World, google: GoogleWorld): Hono {
  const app = new Hono()
  app.route('/', createPubSubProxy(world))
  app.get('/', (context) => context.text(`Sandbox with ${world.state.projects.length} projects ${Object.keys(google).length}`))
  return app
}
