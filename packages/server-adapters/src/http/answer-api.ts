import { TenantryError } from '@tenantry/sdk/errors'
import type { Principal } from '@tenantry/sdk/model'
import { operations } from '@tenantry/sdk/wire'
import type { Operation } from '@tenantry/sdk/wire'
import { assertSameOrigin } from './assert-same-origin.ts'
import type { Door } from './handler-sdk.ts'
import { createOpenApi } from './openapi.ts'
import { readJson } from './read-json.ts'
import { matchRoute, verbs } from './routes.ts'
import { safeHeaders } from './to-problem.ts'

/** Answers a request below the base path. @throws TenantryError, which becomes a problem document */
export async function answerApi(door: Door, request: Request, url: URL): Promise<Response> {
  const path = url.pathname.slice(door.basePath.length)
  if (path === '/openapi.json' && request.method === 'GET') return Response.json(createOpenApi(door.basePath), { headers: { 'x-content-type-options': 'nosniff' } })
  const match = matchRoute(request.method, path)
  if ('allow' in match) return notHere(match.allow)
  const operation: Operation = operations[match.operationId]
  if (operation.method !== 'GET') assertSameOrigin(request, door.sdk.allowedOrigins)
  const principal = await identify(door, request)
  await assertRate(door, principal, match.operationId)
  const body = operation.method === 'GET' ? undefined : parseInput(operation, await readJson(request))
  const origin = request.headers.get('origin')
  const result = await verbs[match.operationId](door.sdk, {
    principal,
    id: match.id,
    query: url.searchParams,
    body,
    origin: origin !== null && door.sdk.allowedOrigins.includes(origin) ? origin : undefined,
  })
  return answer(operation, result)
}

async function identify(door: Door, request: Request): Promise<Principal> {
  let principal: Principal | null
  try {
    principal = await door.identify(request)
  } catch {
    // Not knowing who asks is not the same as nobody asking; either way nothing is done.
    throw new TenantryError('unavailable')
  }
  if (principal === null) throw new TenantryError('unauthenticated')
  return principal
}

async function assertRate(door: Door, principal: Principal, operationId: string): Promise<void> {
  const wait = await door.rateLimit.take(JSON.stringify([principal.tenantId, principal.userId, operationId]))
  if (wait > 0) throw new TenantryError('rate_limited', { retryAfterMs: wait })
}

/** @throws `invalid_input` with the fields' paths; neither names nor values that were sent are quoted */
function parseInput(operation: Operation, body: unknown): unknown {
  if (operation.input === undefined) return body
  const parsed = operation.input.safeParse(body)
  if (parsed.success) return parsed.data
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')))].filter((path) => path !== '')
  throw new TenantryError('invalid_input', fields.length === 0 ? {} : { fields: fields.map((field) => ({ field, code: 'invalid_input' as const })) })
}

/** Only what the contract declares leaves; the binding cookie goes as a header. */
function answer(operation: Operation, result: object): Response {
  const headers = new Headers({ ...safeHeaders, 'content-type': 'application/json' })
  if ('setCookie' in result && typeof result.setCookie === 'string') headers.append('set-cookie', result.setCookie)
  return new Response(JSON.stringify(operation.output.parse(result)), { status: 200, headers })
}

function notHere(allow: readonly string[]): Response {
  if (allow.length === 0) throw new TenantryError('not_found')
  return new Response(null, { status: 405, headers: { ...safeHeaders, allow: allow.join(', ') } })
}
