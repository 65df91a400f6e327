import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { GoogleWorld } from '../google/google-world.ts'
import type { MicrosoftWorld } from '../microsoft/world/microsoft-world.ts'
import type { World } from '../state/world.ts'
import { createAccountRoutes } from './account-routes.ts'
import { createCalendarRoutes } from './calendar-routes.ts'
import { consolePage, COPY_SCRIPT } from './console-page.ts'
import { createEventRoutes } from './event-routes.ts'
import { createMicrosoftRoutes } from './microsoft-routes.ts'
import { createProjectRoutes } from './project-routes.ts'
import { createPubSubProxy } from './pubsub-proxy.ts'
import { createTroubleRoutes } from './trouble-routes.ts'

/** The sandbox's own page and JSON API: everything goes through the programmatic face. */
export function createConsole(world: World, google: GoogleWorld, microsoft: MicrosoftWorld): Hono {
  const app = new Hono()
  app.use('/console/*', async (context, next) => {
    // A page of another site must not drive the sandbox; command-line tools send no Origin.
    const from = context.req.header('origin')
    if (context.req.method !== 'GET' && from !== undefined && !isOwnOrigin(world, from))
      throw new HTTPException(403, { message: `Origin ${from} may not change the sandbox` })
    await next()
    context.header('cache-control', 'no-store')
  })
  app.onError((problem) => {
    if (problem instanceof HTTPException) return problem.getResponse()
    // The programmatic face explains itself in its message: unknown address, taken name, malformed field.
    return Response.json({ error: problem.message }, { status: 400 })
  })
  app.route('/', createPubSubProxy(world))
  app.get('/', (context) => consolePage(world, context.req.query()))
  app.get('/console/copy.js', () => new Response(COPY_SCRIPT, { headers: { 'content-type': 'text/javascript; charset=utf-8' } }))
  app.route('/console', createProjectRoutes(world, google))
  app.route('/console', createAccountRoutes(world, google))
  app.route('/console', createCalendarRoutes(world, google))
  app.route('/console', createEventRoutes(world, google))
  app.route('/console', createMicrosoftRoutes(world, microsoft))
  app.route('/console', createTroubleRoutes(world))
  return app
}

function isOwnOrigin(world: World, origin: string): boolean {
  if (origin === world.origin) return true
  const own = new URL(world.origin)
  const loopback = ['localhost', '127.0.0.1']
  return (
    URL.canParse(origin) &&
    loopback.includes(own.hostname) &&
    loopback.includes(new URL(origin).hostname) &&
    new URL(origin).port === own.port
  )
}
