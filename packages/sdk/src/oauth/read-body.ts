import { TenantryError } from '../errors/index.ts'
import type { Fetch } from '../ports/index.ts'

export interface ReadAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or `undefined` when the answer was something else. */
  readonly json: unknown
}

const deadlineMs = 10_000
const capBytes = 64 * 1024

/**
 * One request to a fixed address: 10 s in all, no redirect, at most 64 KiB, no retry.
 * @throws `provider_unavailable` when no complete answer came
 */
export async function readBody(fetch: Fetch, request: Request): Promise<ReadAnswer> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  // Also raced, because a fetch of the host's own may not heed the signal.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TenantryError('provider_unavailable'))
      abort.abort()
    }, deadlineMs)
  })
  try {
    return await Promise.race([ask(fetch, new Request(request, { redirect: 'manual', signal: abort.signal })), late])
  } catch (error) {
    if (error instanceof TenantryError) throw error
    // The platform's network error may quote the address or body, so it is not passed on.
    throw new TenantryError('provider_unavailable')
  } finally {
    clearTimeout(timer)
  }
}

async function ask(fetch: Fetch, request: Request): Promise<ReadAnswer> {
  const response = await fetch(request)
  const redirected = response.redirected || response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (redirected || announced > capBytes) {
    hangUp(response.body)
    throw new TenantryError('provider_unavailable')
  }
  const text = await readCapped(response, request)
  const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, json: isJson ? parse(text) : undefined }
}

/** As UTF-8, after decompression; empty when it is not UTF-8. Held with its request: the signal of one that nobody holds reaches nobody. */
async function readCapped(response: Response, request: Request): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const stop = (): void => hangUp(reader)
  request.signal.addEventListener('abort', stop, { once: true })
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > capBytes) {
      stop()
      throw new TenantryError('provider_unavailable')
    }
    parts.push(value)
  }
  request.signal.removeEventListener('abort', stop)
  return decode(parts)
}

/** Not awaited: a sender that never ends must not hold up the refusal. */
function hangUp(body: { cancel(): Promise<void> } | null): void {
  body?.cancel().catch(() => undefined)
}

function decode(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
  } catch {
    return ''
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever it is, it is not the answer of a token endpoint; the message would quote it.
    return undefined
  }
}
