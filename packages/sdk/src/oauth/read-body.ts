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
  const timer = setTimeout(() => abort.abort(), deadlineMs)
  try {
    const response = await fetch(new Request(request, { redirect: 'manual', signal: abort.signal }))
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) throw new TenantryError('provider_unavailable')
    return { status: response.status, headers: response.headers, json: parse(await readCapped(response)) }
  } catch (error) {
    if (error instanceof TenantryError) throw error
    // The platform's network error may quote the address or body, so it is not passed on.
    throw new TenantryError('provider_unavailable')
  } finally {
    clearTimeout(timer)
  }
}

async function readCapped(response: Response): Promise<string> {
  if (response.body === null) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > capBytes) {
      await reader.cancel()
      throw new TenantryError('provider_unavailable')
    }
    text += decoder.decode(value, { stream: true })
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
