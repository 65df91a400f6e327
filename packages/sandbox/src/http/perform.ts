import type { CallFault } from '../faults/fault-book.ts'
import type { RecordedRequest, World } from '../state/world.ts'
import { ApiError } from './api-error.ts'
import { ConnectionReset } from './connection-reset.ts'
import type { Call, Operation } from './operation.ts'

const RECORDED_AT_MOST = 20_000

/** Records the call, lets the faults have their way, and answers it. */
export async function perform(world: World, operation: Pick<Operation, 'name' | 'handle'>, call: Call): Promise<Response> {
  const record = startRecord(world, operation.name, call)
  const faults = world.faults.takeForCall(operation.name, call.request.method, call.url.pathname)
  for (const fault of faults) {
    if (fault.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000))
    if (fault.kind === 'hang') await hangUp(call.request.signal)
    if (fault.kind === 'reset') throw new ConnectionReset()
    const forged = answerInstead(fault)
    if (forged) return finish(world, record, forged)
  }
  const response = await answer(operation, call)
  world.changed()
  if (faults.some((fault) => fault.kind === 'lose-response')) throw new ConnectionReset()
  return finish(world, record, response)
}

/** Rejects when the caller has had enough; never answers. */
function hangUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(new ConnectionReset())
    else signal.addEventListener('abort', () => reject(new ConnectionReset()), { once: true })
  })
}

function startRecord(world: World, operation: string, call: Call): RecordedRequest {
  const record = {
    at: world.clock.now(),
    operation,
    method: call.request.method,
    url: call.request.url,
    headers: Object.fromEntries(call.request.headers),
    body: call.text,
    status: 0,
  }
  world.requests.push(record)
  if (world.requests.length > RECORDED_AT_MOST) world.requests.shift()
  return record
}

function answerInstead(fault: CallFault): Response | null {
  const headers = new Headers(fault.headers)
  if (fault.kind === 'redirect') {
    headers.set('location', fault.to ?? '/')
    return new Response(null, { status: fault.status ?? 307, headers })
  }
  if (fault.kind === 'status') {
    const body =
      fault.body ??
      JSON.stringify({ error: { code: fault.status ?? 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' } })
    headers.set('content-type', fault.contentType ?? headers.get('content-type') ?? 'application/json; charset=UTF-8')
    return new Response(body, { status: fault.status ?? 503, headers })
  }
  if (fault.kind === 'body') {
    headers.set('content-type', fault.contentType ?? headers.get('content-type') ?? 'text/html; charset=UTF-8')
    return new Response(fault.body ?? '', { status: fault.status ?? 200, headers })
  }
  return null
}

async function answer(operation: Pick<Operation, 'handle'>, call: Call): Promise<Response> {
  try {
    const result = await operation.handle(call)
    return result instanceof Response ? result : Response.json(result)
  } catch (problem) {
    if (problem instanceof ApiError) return problem.toResponse()
    throw problem
  }
}

function finish(world: World, record: RecordedRequest, response: Response): Response {
  record.status = response.status
  const headers = new Headers(response.headers)
  headers.set('date', new Date(world.clock.now()).toUTCString())
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return new Response(response.body, { status: response.status, headers })
}
