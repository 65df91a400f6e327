import { describe, expect, it } from 'vitest'
import { readBytes, readText } from './read-body.ts'

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
    await expect(readText(new Response(body), 4096, never)).rejects.toMatchObject({ reason: 'answer_too_large' })
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
    const reading = readText(new Response(body), 4096, patience.signal)
    patience.abort()
    await reading
    expect(cancelled).toBe(true)
  })

  it('refuses what is not UTF-8, and joins characters that were sent in pieces', async () => {
    await expect(readText(new Response(new Uint8Array([0x7b, 0xff])), 4096, never)).rejects.toMatchObject({ reason: 'not_json' })
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of new TextEncoder().encode('ü🦉')) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    expect(await readText(new Response(pieces), 4096, never)).toBe('ü🦉')
  })

  it('refuses at once what is announced as too large', async () => {
    let asked = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          asked += 1
          controller.enqueue(new Uint8Array(1))
        },
      },
      { highWaterMark: 0 },
    )
    const response = new Response(body, { headers: { 'content-length': '4097' } })
    await expect(readText(response, 4096, never)).rejects.toMatchObject({ reason: 'answer_too_large' })
    expect(asked).toBe(0)
  })

  it('gives bytes as they are, up to the last one that fits', async () => {
    const pieces = [new Uint8Array([1, 2]), new Uint8Array(), new Uint8Array([0xff, 0])]
    const answer = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            for (const piece of pieces) controller.enqueue(piece)
            controller.close()
          },
        }),
      )
    expect(await readBytes(answer(), 4, never)).toEqual(new Uint8Array([1, 2, 0xff, 0]))
    await expect(readBytes(answer(), 3, never)).rejects.toMatchObject({ reason: 'answer_too_large' })
    expect(await readBytes(new Response(null), 3, never)).toEqual(new Uint8Array())
  })
})
