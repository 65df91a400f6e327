import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { Clock, Fetch, Logger } from '@tenantry/sdk/ports'
import type * as z from 'zod/mini'
import { NoAnswer } from './no-answer.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'
import { readRefusal } from './read-refusal.ts'
import { readRetryAfter } from './retry-after.ts'
import { withinDeadline } from './within-deadline.ts'

export interface GoogleCall {
  /** Named as in Google's reference, for example `gmail.messages.get`. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** An endpoint and an encoded path. */
  readonly url: string
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly accessToken?: string
  /** Sent as JSON, or as a form when it is URLSearchParams. */
  readonly body?: object
  /** The version that the call is about; without one it is about any. */
  readonly ifMatch?: string | null
  /** Longest answer. Default 64 KiB. */
  readonly capBytes?: number
  /** How many deadlines a large answer may take to come in, once it has begun; otherwise one is for all of it. */
  readonly patience?: number
}

/** Calls Google once, without retry, and checks the answer. @throws ProviderRefusal */
export type GoogleRequest = <T>(call: GoogleCall, answer: z.ZodMiniType<T>) => Promise<T>

export interface GoogleRequestOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly deadlineMs: number
  readonly logger: Logger | undefined
}

export const smallAnswer = 64 * 1024

interface Answer {
  /** Held until the answer is in: a request that nobody holds is collected, and its signal then reaches nobody. */
  readonly request: Request
  readonly ok: boolean
  readonly httpStatus: number
  readonly headers: Headers
  readonly body: string
}

export function createRequest({ fetch, clock, deadlineMs, logger }: GoogleRequestOptions): GoogleRequest {
  return async (call, schema) => {
    const { address, init } = describeRequest(call)
    try {
      const answer = await withinDeadline(deadlineMs, async (signal, restart) => {
        const outgoing = new Request(address, { ...init, signal })
        const response = await fetch(outgoing)
        if (call.patience !== undefined) restart(deadlineMs * call.patience)
        return readResponse(outgoing, response, call.capBytes)
      })
      if (!answer.ok) throw describeRefusal(call.operation, answer, clock.now())
      return readAnswer(answer, schema)
    } catch (error) {
      const refusal = toRefusal(call.operation, error)
      logger?.log('debug', 'google.refused', {
        operation: refusal.operation,
        httpStatus: refusal.httpStatus,
        reason: refusal.reason ?? null,
      })
      throw refusal
    }
  }
}

function describeRequest({ method, url, query = {}, accessToken, ifMatch = null, body }: GoogleCall): { address: URL; init: RequestInit } {
  const address = new URL(url)
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value ?? []].flat()) address.searchParams.append(name, String(item))
  }
  const headers = new Headers({ accept: 'application/json' })
  if (accessToken !== undefined) headers.set('authorization', bearer(accessToken))
  if (ifMatch !== null) headers.set('if-match', ifMatch)
  const form = body instanceof URLSearchParams
  if (body !== undefined && !form) headers.set('content-type', 'application/json')
  const content = body === undefined ? null : form ? body : JSON.stringify(body)
  return { address, init: { method, headers, body: content, redirect: 'error', credentials: 'omit' } }
}

/** The platform's own complaint about a header would quote the token. */
function bearer(accessToken: string): string {
  if (!/^[\x21-\x7e]+$/.test(accessToken)) throw new TypeError('The access token cannot be sent in a header')
  return `Bearer ${accessToken}`
}

async function readResponse(request: Request, response: Response, capBytes = smallAnswer): Promise<Answer> {
  // A fetch that was handed in may not know `redirect: 'error'`.
  if (response.redirected || response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    void response.body?.cancel().catch(() => undefined)
    throw new NoAnswer('redirected', response.status)
  }
  const body = await readBody(response, response.ok ? capBytes : smallAnswer, request.signal)
  return { request, ok: response.ok, httpStatus: response.status, headers: response.headers, body }
}

function readAnswer<T>(answer: Answer, schema: z.ZodMiniType<T>): T {
  const parsed = schema.safeParse(answer.body === '' ? undefined : readJson(answer))
  if (!parsed.success) throw new NoAnswer('unexpected_answer', answer.httpStatus)
  return parsed.data
}

function describeRefusal(operation: string, answer: Answer, now: number): ProviderRefusal {
  const retryAfterMs = readRetryAfter(answer.headers.get('retry-after'), now)
  const facts = { vendor: 'google' as const, operation, httpStatus: answer.httpStatus, retryAfterMs }
  try {
    return new ProviderRefusal({ ...facts, ...readRefusal(readJson(answer)) })
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    // A proxy's page: the status is all it tells.
    return new ProviderRefusal(facts)
  }
}

function readJson({ headers, body, httpStatus }: Answer): unknown {
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) throw new NoAnswer('not_json', httpStatus)
  try {
    return parseJson(body)
  } catch {
    // The parser's message would quote the body.
    throw new NoAnswer('not_json', httpStatus)
  }
}

function toRefusal(operation: string, error: unknown): ProviderRefusal {
  if (error instanceof ProviderRefusal) return error
  const { reason, httpStatus } = error instanceof NoAnswer ? error : new NoAnswer('network')
  return new ProviderRefusal({ vendor: 'google', operation, httpStatus, reason })
}
