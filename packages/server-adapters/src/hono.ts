import type { MiddlewareHandler } from 'hono'
import { createHandler } from './http/index.ts'
import type { HandlerOptions, HandlerSdk } from './http/index.ts'

/**
 * The HTTP door as Hono middleware: `app.use(createHonoHandler(sdk, { identify }))`. What is not its own goes on to the next route.
 * @throws TypeError when an option is unusable
 */
export function createHonoHandler(sdk: HandlerSdk, options: HandlerOptions): MiddlewareHandler {
  const handler = createHandler(sdk, options)
  return async (context, next) => {
    const request = context.req.raw
    if (handler.handles(request)) return handler(request)
    await next()
  }
}

export { createHonoHandler as createHandler }
export type { HandlerOptions, HandlerSdk } from './http/index.ts'
