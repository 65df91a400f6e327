import { Hono } from 'hono'
import type { World } from '../state/world.ts'
import { ApiError } from './api-error.ts'
import type { Call, Operation } from './operation.ts'
import { perform } from './perform.ts'

const decoder = new TextDecoder()
const ORIGINS_OWN = /^\/(console\/|pubsub-proxy\/|$)/

/** All of Google's endpoints, and the sandbox's own, behind one `fetch`. */
export function createRouter(world: World, operations: Operation[], own: Hono): (request: Request) => Promise<Response> {
  const app = new Hono({ strict: false })
  for (const operation of operations) {
    app.on(operation.method, operation.path, async (context) =>
      perform(world, operation, await readCall(context.req.raw, context.req.param())),
    )
  }
  app.notFound(async (context) => perform(world, { name: 'unknown', handle: refuseUnknown }, await readCall(context.req.raw, {})))
  // A reset has to reach the caller as a rejected promise, not as a 500.
  app.onError((problem) => {
    throw problem
  })
  return async (request) => (ORIGINS_OWN.test(new URL(request.url).pathname) ? own.fetch(request) : app.fetch(request))
}

async function readCall(request: Request, params: Record<string, string>): Promise<Call> {
  const url = new URL(request.url)
  const bytes = request.body === null ? new Uint8Array(0) : new Uint8Array(await request.arrayBuffer())
  return { request, url, query: url.searchParams, params, bytes, text: decoder.decode(bytes) }
}

function refuseUnknown(): never {
  throw new ApiError({ code: 404, status: 'NOT_FOUND', message: 'Not Found', reason: 'notFound' })
}
