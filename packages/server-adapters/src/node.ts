import { getRequestListener } from '@hono/node-server'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createHandler as createFetchHandler } from './http/index.ts'
import type { HandlerOptions, HandlerSdk } from './http/index.ts'

export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/** The HTTP door for `node:http` and for frameworks with (request, response, next): what is not ours goes to `next`, or is answered with 404. */
export function createHandler(sdk: HandlerSdk, options: HandlerOptions): NodeHandler {
  const handler = createFetchHandler(sdk, options)
  const listener = getRequestListener(handler, { overrideGlobalObjects: false })
  return (request, response, next) => {
    const url = URL.canParse(request.url ?? '', sdk.baseUrl) ? new URL(request.url ?? '', sdk.baseUrl) : null
    if (next !== undefined && (url === null || !handler.handles(new Request(url)))) next()
    else void listener(request, response)
  }
}

export type { HandlerOptions, HandlerSdk } from './http/index.ts'
