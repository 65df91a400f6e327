import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { Clock, Fetch } from '@tenantry/sdk/ports'
import { Late, withinDeadline } from '../within-deadline.ts'
import { readReason, readRetryAfter } from './read-answer.ts'

export interface RelayRequest {
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly deadlineMs: number
}

const operation = 'relay.send'

/** Posts once. @throws ProviderRefusal 400 for what stays refused, 429 and 503 for what passes, 0 without an answer */
export async function post({ url, headers, body, fetch, clock, deadlineMs }: RelayRequest): Promise<void> {
  const abort = new AbortController()
  const request = new Request(url, { method: 'POST', headers, body, redirect: 'error', credentials: 'omit', signal: abort.signal })
  const refuse = (httpStatus: number, reason: string | undefined, retryAfterMs?: number) =>
    new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason, retryAfterMs })

  const talk = async (): Promise<ProviderRefusal | null> => {
    const response = await fetch(request)
    const { status } = response
    if (response.redirected || response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      void response.body?.cancel().catch(() => undefined)
      return refuse(400, 'redirected')
    }
    if (response.ok) {
      void response.body?.cancel().catch(() => undefined)
      return null
    }
    const reason = (await readReason(response)) ?? `http_${status}`
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), clock.now())
    if (status === 429) return refuse(429, reason, retryAfterMs)
    // 409: the first request with this key is still at work. 408 and 425 ask for another attempt by name.
    return refuse(status >= 500 || status === 408 || status === 409 || status === 425 ? 503 : 400, reason, retryAfterMs)
  }
  let refusal: ProviderRefusal | null
  try {
    refusal = await withinDeadline(deadlineMs, talk(), () => abort.abort())
  } catch (error) {
    // With the same key it may be sent again, so it does not matter how far it came.
    throw refuse(0, error instanceof Late ? 'deadline' : 'network')
  }
  if (refusal !== null) throw refusal
}
