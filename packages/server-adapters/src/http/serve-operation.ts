import { TenantryError } from '@tenantry/sdk/errors'
import type { Principal } from '@tenantry/sdk/model'
import { operations } from '@tenantry/sdk/wire'
import type { Operation, OperationId } from '@tenantry/sdk/wire'
import { assertSameOrigin } from './assert-same-origin.ts'
import type { Door } from './handler-options.ts'
import { identifyPrincipal } from './identify-principal.ts'
import { limitRate } from './limit-rate.ts'
import { operationVerbs } from './operation-verbs.ts'
import type { VerbCall } from './operation-verbs.ts'
import { parseInput } from './parse-input.ts'
import { readBody } from './read-body.ts'
import { respondJson } from './respond.ts'

const startsFlow: ReadonlySet<OperationId> = new Set<OperationId>(['connections.connect', 'connections.reconnect'])

/** One call of the contract: origin, content type, session, rate, size and shape, in this order; then the verb, which authorizes. */
export async function serveOperation<Id extends OperationId>(door: Door, operationId: Id, id: string, request: Request): Promise<Response> {
  const operation: Operation = operations[operationId]
  const changes = operation.method !== 'GET'
  const openerOrigin = changes ? assertSameOrigin(request.headers, door.sdk.allowedOrigins) : null
  if (changes) assertJson(request.headers)
  const principal = await identifyPrincipal(door, request)
  if (principal === null) throw new TenantryError('unauthenticated')
  await limitCaller(door, operationId, principal, request)
  const input = changes ? parseInput(operation, await readBody(request, door.bodyBytes)) : {}
  const query = readQuery(operation, new URL(request.url).searchParams)
  const call = { principal, id, query, input, openerOrigin } as VerbCall<Id>
  const { setCookie, ...answer } = await operationVerbs[operationId](door.sdk, call)
  // Parsed, so that nothing leaves that the contract does not name.
  const output = operation.output.safeParse(answer)
  if (!output.success) throw new TypeError(`the answer of ${operationId} does not fit its schema`)
  return respondJson(output.data, setCookie === undefined ? {} : { 'set-cookie': setCookie })
}

function assertJson(headers: Headers): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new TenantryError('unsupported_media_type')
}

async function limitCaller(door: Door, operationId: OperationId, { tenantId, userId }: Principal, request: Request): Promise<void> {
  await limitRate(door, 'principal', tenantId, userId, operationId)
  const address = startsFlow.has(operationId) ? door.clientAddress(request) : null
  if (address !== null) await limitRate(door, 'address', address, operationId)
}

function readQuery({ query = [] }: Operation, params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    query.flatMap((name) => {
      const values = params.getAll(name)
      if (values.length > 1) throw new TenantryError('invalid_input', { field: name })
      return values.map((value) => [name, value])
    }),
  )
}
