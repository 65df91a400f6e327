const longestMs = 24 * 60 * 60_000

const largestAnswer = 16 * 1024

/** `Retry-After` as milliseconds from now, at most a day: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, longestMs)
  const time = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.min(Math.max(0, time - now), longestMs)
}

/** The `code` of a refusal, `{"code": "sender_unknown"}`: a word that can be logged, or nothing. */
export async function readReason(response: Response): Promise<string | undefined> {
  const text = await readShort(response)
  if (text === null) return undefined
  try {
    const answer: unknown = JSON.parse(text)
    const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : undefined
    return typeof code === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(code) ? code : undefined
  } catch {
    // A page of a proxy: the status tells enough.
    return undefined
  }
}

async function readShort(response: Response): Promise<string | null> {
  if (response.body === null) return null
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > largestAnswer) {
      void reader.cancel().catch(() => undefined)
      return null
    }
  }
}
