import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createHandler } from './http/index.ts'
import type { HandlerOptions, HandlerSdk } from './http/index.ts'

/** Fits `http.createServer` and, with `next`, Connect-like frameworks; there it stands before any body parser. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => Promise<void>

/**
 * The HTTP door as a listener of `node:http`. Without `next`, what is not its own is answered with 404.
 * @throws TypeError when an option is unusable
 */
export function createNodeHandler(sdk: HandlerSdk, options: HandlerOptions): NodeHandler {
  const handler = createHandler(sdk, options)
  const listen = getRequestListener(handler, { hostname: new URL(sdk.baseUrl).host, overrideGlobalObjects: false })
  return async (request, response, next) => {
    if (next !== undefined && !handler.handles({ url: locate(sdk.baseUrl, request.url) })) return next()
    await listen(request, response)
  }
}

/** Only the path decides, so the request's own host is left out. */
function locate(baseUrl: string, target = '/'): string {
  return URL.canParse(baseUrl + target) ? baseUrl + target : baseUrl
}

export { createNodeHandler as createHandler }
export type { HandlerOptions, HandlerSdk } from './http/index.ts'
