import { TenantryError } from '@tenantry/sdk/errors'
import { describeApi } from './describe-api.ts'
import type { ApiDescription } from './describe-api.ts'
import { findPlace } from './find-route.ts'
import type { Route } from './find-route.ts'
import { chooseDefaults } from './handler-options.ts'
import type { Door, HandlerOptions } from './handler-options.ts'
import type { HandlerSdk } from './handler-sdk.ts'
import { respondEmpty, respondJson, respondProblem } from './respond.ts'
import { serveCallback } from './serve-callback.ts'
import { serveOperation } from './serve-operation.ts'
import { servePush } from './serve-push.ts'
import { toProblem } from './to-problem.ts'

/** Answers every request and never rejects. */
export interface Handler {
  (request: Request): Promise<Response>
  /** Whether the path is one of the handler's, so that it can stand beside the host's own routes. */
  handles(request: Pick<Request, 'url'>): boolean
}

/**
 * The HTTP door of an sdk: the API under `basePath`, the sign-in callbacks and the push endpoints. Web APIs only.
 * @throws TypeError when an option is unusable
 */
export function createHandler(sdk: HandlerSdk, options: HandlerOptions): Handler {
  const door = chooseDefaults(sdk, options)
  const find = (request: Pick<Request, 'url'>) => findPlace(door, new URL(request.url).pathname)
  let description: ApiDescription | undefined

  const serve = async (route: Route, request: Request): Promise<Response> => {
    switch (route.kind) {
      case 'operation':
        return serveOperation(door, route.operationId, route.id, request)
      case 'description':
        description ??= describeApi(door.basePath)
        return respondJson(description, { 'cache-control': 'public, max-age=300' })
      case 'callback':
        return serveCallback(door, route.path, request)
      case 'push':
        return servePush(door, route, request)
    }
  }

  const handle = async (request: Request): Promise<Response> => {
    let route: Route | undefined
    try {
      const place = find(request)
      if (place === null || place.routes.size === 0) throw new TenantryError('not_found')
      route = place.routes.get(request.method)
      if (route === undefined) return respondEmpty(405, { allow: [...place.routes.keys()].join(', ') })
      return await serve(route, request)
    } catch (error) {
      return refuse(door, route, error)
    }
  }
  return Object.assign(handle, { handles: (request: Pick<Request, 'url'>) => find(request) !== null })
}

function refuse({ random, logger }: Door, route: Route | undefined, error: unknown): Response {
  const problem = toProblem(error, random.uuid())
  const { code, status, requestId } = problem
  const place = route?.kind === 'operation' ? route.operationId : (route?.kind ?? 'none')
  if (status >= 500) logger.log('error', 'http.failed', { code, route: place, status, requestId })
  return respondProblem(problem)
}
