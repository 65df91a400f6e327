import type { TenantryCore } from '@tenantry/sdk'
import { createHandler } from '@tenantry/server-adapters/hono'
import { Hono } from 'hono'
import { createApi } from './create-api.ts'
import type { ApiParts } from './create-api.ts'

export interface AppParts extends ApiParts {
  readonly sdk: TenantryCore
  /** Answers what is not an API route: the pages. */
  readonly servePage: (request: Request) => Promise<Response>
}

/** Everything under the helpdesk's one address. */
export function createApp({ sdk, servePage, ...api }: AppParts): Hono {
  const app = new Hono()
  app.use(createHandler(sdk, { identify: api.sessions.identify }))
  app.route('/api', createApi(api))
  app.get('*', (context) => servePage(context.req.raw))
  app.onError((error) => {
    console.error(error)
    return Response.json({ error: 'internal' }, { status: 500 })
  })
  return app
}
