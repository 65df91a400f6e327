import type { MiddlewareHandler } from 'hono'
import { createHandler as createFetchHandler } from './http/index.ts'
import type { HandlerOptions, HandlerSdk } from './http/index.ts'

/** The HTTP door as Hono middleware: `app.use(createHandler(sdk, { identify }))`. What is not ours goes on to the host's routes. */
export function createHandler(sdk: HandlerSdk, options: HandlerOptions): MiddlewareHandler {
  const handler = createFetchHandler(sdk, options)
  return async (context, next) => {
    if (!handler.handles(context.req.raw)) return next()
    return handler(context.req.raw)
  }
}

export type { HandlerOptions, HandlerSdk } from './http/index.ts'
