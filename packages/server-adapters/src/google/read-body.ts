import { NoAnswer } from './no-answer.ts'

/**
 * The whole body as UTF-8, after decompression. Decoded as it comes, so that a large one is held once and not twice. Hangs up when the signal
 * says so, also on a body that does not listen to it.
 * @throws NoAnswer `answer_too_large` as soon as it is longer than `capBytes`, `not_json` when it is not UTF-8
 */
export async function readBody(response: Response, capBytes: number, signal: AbortSignal): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = response.body.getReader()
  // Not awaited: a sender that never ends must not hold up the refusal.
  const hangUp = (): void => void reader.cancel().catch(() => undefined)
  const refuse = (reason: 'answer_too_large' | 'not_json'): NoAnswer => {
    hangUp()
    return new NoAnswer(reason, response.status)
  }
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw refuse('not_json')
    }
  }
  // Compressed or not: what is announced as too large would not get smaller.
  if (Number(response.headers.get('content-length') ?? 0) > capBytes) throw refuse('answer_too_large')
  signal.addEventListener('abort', hangUp, { once: true })
  const parts: string[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.join('') + decode()
    size += value.length
    if (size > capBytes) throw refuse('answer_too_large')
    parts.push(decode(value))
  }
}
