import { describe, expect, it } from 'vitest'
import { readBody } from './read-body.ts'

const never = new AbortController().signal

describe('reading a body', () => {
  it('counts what it unpacks to, and hangs up', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024).fill(0x20)),
      cancel() {
        cancelled = true
        return new Promise(() => undefined)
      },
    })
    await expect(readBody(new Response(body), 4096, never)).rejects.toMatchObject({ reason: 'answer_too_large' })
    expect(cancelled).toBe(true)
  })

  it('hangs up when it is told to, although the sender heeds no signal', async () => {
    const patience = new AbortController()
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
      cancel() {
        cancelled = true
      },
    })
    const reading = readBody(new Response(body), 4096, patience.signal)
    patience.abort()
    await reading
    expect(cancelled).toBe(true)
  })

  it('refuses what is not UTF-8, and joins characters that were sent in pieces', async () => {
    await expect(readBody(new Response(new Uint8Array([0x7b, 0xff])), 4096, never)).rejects.toMatchObject({ reason: 'not_json' })
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of new TextEncoder().encode('ü🦉')) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    expect(await readBody(new Response(pieces), 4096, never)).toBe('ü🦉')
  })
})
