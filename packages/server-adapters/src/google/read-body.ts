import { NoAnswer } from './no-answer.ts'

/**
 * The whole body, after decompression.
 * @throws NoAnswer `body_too_large` as soon as it is longer than `capBytes`
 */
export async function readBody(response: Response, capBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return join(chunks, size)
    size += value.length
    if (size > capBytes) {
      // Not awaited: a sender that never ends must not hold up the refusal.
      void reader.cancel().catch(() => undefined)
      throw new NoAnswer('body_too_large', response.status)
    }
    chunks.push(value)
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
