import { createHandler } from '@tenantry/server-adapters/hono'
import { Hono } from 'hono'
import { createApi } from './create-api.ts'
import type { ApiParts } from './create-api.ts'
import { createLogger } from './log.ts'

export interface AppParts extends Omit<ApiParts, 'redirectUris'> {
  /** Answers what is not an API route; `null` when pages come from elsewhere. */
  readonly servePage: ((request: Request) => Promise<Response>) | null
}

/** Everything under the helpdesk's one address. */
export function createApp({ servePage, ...api }: AppParts): Hono {
  const { sdk } = api
  const app = new Hono()
  app.use(createHandler(sdk, { identify: api.sessions.identify, logger: createLogger() }))
  app.route('/api', createApi({ ...api, redirectUris: sdk.callbackPaths.map((path) => sdk.baseUrl + path) }))
  if (servePage) app.get('*', (context) => servePage(context.req.raw))
  app.onError((error) => {
    console.error(error)
    return Response.json({ error: 'internal' }, { status: 500 })
  })
  return app
}
