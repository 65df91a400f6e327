import { NoAnswer } from './no-answer.ts'

/**
 * The whole body as UTF-8, after decompression. Decoded as it comes, so that a large one is held once and not twice.
 * @throws NoAnswer `answer_too_large` as soon as it is longer than `capBytes`, `not_json` when it is not UTF-8
 */
export async function readText(response: Response, capBytes: number, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new NoAnswer('not_json', response.status)
    }
  }
  const parts: string[] = []
  await readChunks(response, capBytes, signal, (chunk) => parts.push(decode(chunk)))
  return parts.join('') + decode()
}

/** The whole body, after decompression. @throws NoAnswer `answer_too_large` as soon as it is longer than `capBytes` */
export async function readBytes(response: Response, capBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  const size = await readChunks(response, capBytes, signal, (chunk) => chunks.push(chunk))
  const bytes = new Uint8Array(size)
  let to = 0
  for (const chunk of chunks) {
    bytes.set(chunk, to)
    to += chunk.length
  }
  return bytes
}

/** Gives the number of bytes. Hangs up when the signal says so, also on a body that does not listen to it, and when a chunk is not taken. */
async function readChunks(response: Response, capBytes: number, signal: AbortSignal, take: (chunk: Uint8Array) => void): Promise<number> {
  if (response.body === null) return 0
  const reader = response.body.getReader()
  // Not awaited: a sender that never ends must not hold up the refusal.
  const hangUp = (): void => void reader.cancel().catch(() => undefined)
  const refuseLarge = (size: number): void => {
    if (size > capBytes) throw new NoAnswer('answer_too_large', response.status)
  }
  signal.addEventListener('abort', hangUp, { once: true })
  let size = 0
  try {
    // Compressed or not: what is announced as too large would not get smaller.
    refuseLarge(Number(response.headers.get('content-length') ?? 0))
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return size
      size += value.length
      refuseLarge(size)
      take(value)
    }
  } catch (error) {
    hangUp()
    throw error
  }
}
