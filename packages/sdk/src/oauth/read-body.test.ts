import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../ports/index.ts'
import { readBody } from './read-body.ts'

const url = 'https://accounts.example.com/token'
const json = { 'content-type': 'application/json' }
const read = (fetch: Fetch) => readBody(fetch, new Request(url, { method: 'POST', body: 'EXAMPLE' }))

/** A body that gives `chunks`, and then nothing more; it notes when nobody wants it any longer. */
function createBody(chunks: readonly Uint8Array[], ends = false) {
  const state = { cancelled: false }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      if (ends) controller.close()
    },
    cancel() {
      state.cancelled = true
      // A sender may take for ever to notice.
      return new Promise(() => undefined)
    },
  })
  return { state, body }
}

describe('reading an answer', () => {
  it('joins characters that were sent in pieces', async () => {
    const bytes = new TextEncoder().encode('{"name":"Zoë 🦉"}')
    const { body } = createBody(
      [...bytes].map((byte) => new Uint8Array([byte])),
      true,
    )
    expect((await read(async () => new Response(body, { headers: json }))).json).toEqual({ name: 'Zoë 🦉' })
  })

  it('takes what is not UTF-8 for no JSON, and keeps the status', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('{"error":"'), 0xff, ...new TextEncoder().encode('"}')])
    expect(await read(async () => new Response(bytes, { status: 400, headers: json }))).toMatchObject({ status: 400, json: undefined })
  })

  it.each<[string, ResponseInit]>([
    ['is announced as too large', { headers: { ...json, 'content-length': '65537' } }],
    ['is a redirect', { status: 307, headers: { location: 'https://evil.test' } }],
  ])('hangs up on what %s, without waiting', async (_, init) => {
    const { state, body } = createBody([new Uint8Array(16)])
    await expect(read(async () => new Response(body, init))).rejects.toMatchObject({ code: 'provider_unavailable' })
    expect(state.cancelled).toBe(true)
  })

  it('hangs up on what grows too large, without waiting', async () => {
    const { state, body } = createBody([new Uint8Array(65_537)])
    await expect(read(async () => new Response(body, { headers: json }))).rejects.toMatchObject({ code: 'provider_unavailable' })
    expect(state.cancelled).toBe(true)
  })

  it('does not believe an answer that a fetch of the host’s own was redirected to', async () => {
    const followed = Object.defineProperty(Response.json({ access_token: 'EXAMPLE_stranger' }), 'redirected', { value: true })
    await expect(read(async () => followed)).rejects.toMatchObject({ code: 'provider_unavailable' })
  })
})

describe('reading an answer that does not end', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('hangs up after ten seconds, also on a fetch that does not heed the signal', async () => {
    const { state, body } = createBody([new Uint8Array(16)])
    const failure = read(async () => new Response(body, { headers: json })).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(9_999)
    expect(state.cancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await failure).toMatchObject({ code: 'provider_unavailable' })
    expect(state.cancelled).toBe(true)
  })
})
