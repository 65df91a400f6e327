import { answerInstead } from '../faults/answer-instead.ts'
import { spoilAnswer } from '../faults/spoil-answer.ts'
import type { RecordedRequest, World } from '../state/world.ts'
import { ApiError } from './api-error.ts'
import { ConnectionReset } from './connection-reset.ts'
import type { Call, Operation } from './operation.ts'

const RECORDED_AT_MOST = 20_000

/** Records the call, lets the faults have their way, and answers it. */
export async function perform(world: World, operation: Pick<Operation, 'name' | 'handle'>, call: Call): Promise<Response> {
  const record = startRecord(world, operation.name, call)
  try {
    return finish(world, record, await play(world, operation, call))
  } finally {
    record.endedAt = realTime()
  }
}

async function play(world: World, operation: Pick<Operation, 'name' | 'handle'>, call: Call): Promise<Response> {
  const faults = world.faults.takeForCall(operation.name, call.request.method, call.url.pathname)
  for (const fault of faults) {
    if (fault.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000))
    if (fault.kind === 'hang') await hangUp(call.request.signal)
    if (fault.kind === 'reset') throw new ConnectionReset()
    const forged = answerInstead(fault)
    if (forged) return forged
  }
  let response = await answer(operation, call)
  world.changed()
  for (const fault of faults) response = await spoilAnswer(fault, response)
  return response
}

/** Real and monotonic, finer than a millisecond: a clock that stands still cannot tell which calls ran at once. */
function realTime(): number {
  return performance.timeOrigin + performance.now()
}

/** Rejects when the caller has had enough; never answers. */
function hangUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(new ConnectionReset())
    else signal.addEventListener('abort', () => reject(new ConnectionReset()), { once: true })
  })
}

function startRecord(world: World, operation: string, call: Call): RecordedRequest {
  const record: RecordedRequest = {
    at: world.clock.now(),
    operation,
    method: call.request.method,
    url: call.request.url,
    headers: Object.fromEntries(call.request.headers),
    body: call.text,
    status: 0,
    startedAt: realTime(),
    endedAt: null,
  }
  world.requests.push(record)
  if (world.requests.length > RECORDED_AT_MOST) world.requests.shift()
  return record
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
  // Every answer was made here: one that was fetched, or is a redirect of the platform's, could not be changed.
  const { headers } = response
  headers.set('date', new Date(world.clock.now()).toUTCString())
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  return response
}
