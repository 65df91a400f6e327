import { operations } from '@tenantry/sdk/wire'
import type { Operation, OperationId } from '@tenantry/sdk/wire'
import type { Door } from './handler-options.ts'

export type Route =
  | { readonly kind: 'operation'; readonly operationId: OperationId; readonly id: string }
  | { readonly kind: 'description' }
  | { readonly kind: 'callback'; readonly path: string }
  | { readonly kind: 'push'; readonly path: string; readonly key: string }

/** A path of ours; `routes` is empty when nothing is there. */
export interface Place {
  readonly routes: ReadonlyMap<string, Route>
}

/** What is at a path, by method; `null` when the path is not ours. */
export function findPlace(door: Pick<Door, 'sdk' | 'basePath'>, pathname: string): Place | null {
  const { sdk, basePath } = door
  if (sdk.callbackPaths.includes(pathname)) return place(['GET', { kind: 'callback', path: pathname }])
  const push = findPush(sdk.pushPaths, pathname)
  if (push !== null) return place(['POST', push])
  if (pathname === `${basePath}/openapi.json`) return place(['GET', { kind: 'description' }])
  if (pathname === basePath || pathname.startsWith(`${basePath}/`)) return place(...findOperations(pathname.slice(basePath.length)))
  return null
}

function place(...routes: [string, Route][]): Place {
  return { routes: new Map(routes) }
}

function findPush(pushPaths: readonly string[], pathname: string): Route | null {
  for (const path of pushPaths) {
    if (pathname === path) return { kind: 'push', path, key: '' }
    const key = pathname.startsWith(`${path}/`) ? readSegment(pathname.slice(path.length + 1)) : null
    if (key !== null) return { kind: 'push', path, key }
  }
  return null
}

function findOperations(path: string): [string, Route][] {
  return (Object.entries(operations) as [OperationId, Operation][]).flatMap(([operationId, operation]): [string, Route][] => {
    const id = matchPath(operation.path, path)
    return id === null ? [] : [[operation.method, { kind: 'operation', operationId, id }]]
  })
}

/** The `:id` of a path that fits the pattern, empty when the pattern has none; `null` when it does not fit. */
function matchPath(pattern: string, path: string): string | null {
  const [before = '', after] = pattern.split(':id')
  if (after === undefined) return path === pattern ? '' : null
  if (path.length <= before.length + after.length || !path.startsWith(before) || !path.endsWith(after)) return null
  return readSegment(path.slice(before.length, path.length - after.length))
}

/** One path segment as it is, when it can be an id or a key of ours; `null` when it cannot. */
function readSegment(segment: string): string | null {
  return /^[\w-]{1,200}$/.test(segment) ? segment : null
}
