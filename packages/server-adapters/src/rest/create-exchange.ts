import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { Clock, Fetch, Logger } from '@tenantry/sdk/ports'
import { NoAnswer } from './no-answer.ts'
import { readJson } from './read-json.ts'
import type { ReadRefusal } from './refusal-words.ts'
import { describeCall, smallAnswer } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'
import { readRetryAfter } from './retry-after.ts'
import { withinDeadline } from './within-deadline.ts'

export interface RestOptions {
  readonly vendor: ProviderRefusal['vendor']
  readonly fetch: Fetch
  readonly clock: Clock
  readonly deadlineMs: number
  readonly logger: Logger | undefined
  readonly readRefusal: ReadRefusal
}

/** Calls a vendor once, without retry, and has the answer read within the deadline. @throws ProviderRefusal */
export type Exchange = <T>(call: RestCall, read: (response: Response, signal: AbortSignal) => Promise<T>) => Promise<T>

export function createExchange({ vendor, fetch, clock, deadlineMs, logger, readRefusal }: RestOptions): Exchange {
  const describeRefusal = async (operation: string, response: Response, signal: AbortSignal): Promise<ProviderRefusal> => {
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), clock.now())
    const words = readRefusal(await readRefusalJson(response, signal), response.headers)
    return new ProviderRefusal({ vendor, operation, httpStatus: response.status, retryAfterMs, ...words })
  }

  const toRefusal = (operation: string, error: unknown): ProviderRefusal => {
    if (error instanceof ProviderRefusal) return error
    const { reason, httpStatus } = error instanceof NoAnswer ? error : new NoAnswer('network')
    return new ProviderRefusal({ vendor, operation, httpStatus, reason })
  }

  return async (call, read) => {
    const { address, init } = describeCall(call)
    try {
      const [answer] = await withinDeadline(deadlineMs, async (signal, restart) => {
        const request = new Request(address, { ...init, signal })
        const response = await fetch(request)
        if (call.patience !== undefined) restart(deadlineMs * call.patience)
        refuseRedirect(response)
        if (!response.ok) throw await describeRefusal(call.operation, response, request.signal)
        if (call.done !== undefined && response.status !== call.done) throw hangUp(response, 'unexpected_answer')
        // The request is held until the answer is in: one that nobody holds is collected, and its signal then reaches nobody.
        return [await read(response, request.signal), request] as const
      })
      return answer
    } catch (error) {
      const refusal = toRefusal(call.operation, error)
      logger?.log('debug', `${vendor}.refused`, {
        operation: refusal.operation,
        httpStatus: refusal.httpStatus,
        reason: refusal.reason ?? null,
        ...(refusal.requestId !== undefined && { requestId: refusal.requestId }),
      })
      throw refusal
    }
  }
}

function refuseRedirect(response: Response): void {
  // A fetch that was handed in may not know `redirect: 'error'`.
  if (response.redirected || response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
    throw hangUp(response, 'redirected')
}

/** Not awaited: a sender that never ends must not hold up the refusal. */
function hangUp(response: Response, reason: 'redirected' | 'unexpected_answer'): NoAnswer {
  void response.body?.cancel().catch(() => undefined)
  return new NoAnswer(reason, response.status)
}

async function readRefusalJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await readJson(response, smallAnswer, signal)
  } catch (error) {
    // A proxy's page: the status is all it tells. One that does not end is another matter.
    if (error instanceof NoAnswer && error.reason === 'not_json') return undefined
    throw error
  }
}
