import type { CallFault } from './call-fault.ts'

const CHUNK = 65_536
const TWO_GIB = 2 ** 31
/** RFC 9110: an answer with one of these has none. */
const WITHOUT_BODY = [204, 205, 304]

/** What a fault answers in Google's place; null when Google is asked. */
export function answerInstead(fault: CallFault): Response | null {
  const headers = new Headers(fault.headers)
  const setType = (type: string) => headers.set('content-type', fault.contentType ?? headers.get('content-type') ?? type)
  switch (fault.kind) {
    case 'redirect':
      headers.set('location', fault.to ?? '/')
      return new Response(null, { status: fault.status ?? 307, headers })
    case 'status':
      setType('application/json; charset=UTF-8')
      return new Response(bodyOf(fault, unavailable(fault.status ?? 503)), { status: fault.status ?? 503, headers })
    case 'body':
      setType('text/html; charset=UTF-8')
      return new Response(bodyOf(fault, ''), { status: fault.status ?? 200, headers })
    case 'flood':
      setType('application/json; charset=UTF-8')
      // As `fetch` hands it over, unpacked; a server packs it.
      if (fault.gzip) headers.set('content-encoding', 'gzip')
      return new Response(flood(fault.bytes ?? TWO_GIB), { status: fault.status ?? 200, headers })
    default:
      return null
  }
}

function bodyOf({ body, status = 200 }: CallFault, otherwise: string): string | Uint8Array<ArrayBuffer> | null {
  if (WITHOUT_BODY.includes(status)) return null
  return typeof body === 'object' ? new Uint8Array(body) : (body ?? otherwise)
}

function unavailable(code: number): string {
  return JSON.stringify({ error: { code, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' } })
}

/** Begins like a token answer and goes on; only what is read is made. */
function flood(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes
  const next = (head = '') => {
    const chunk = new Uint8Array(Math.min(CHUNK, left)).fill(0x41)
    chunk.set(new TextEncoder().encode(head).subarray(0, chunk.length))
    left -= chunk.length
    return chunk
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(next('{"access_token":"EXAMPLE_')),
      pull: (controller) => (left > 0 ? controller.enqueue(next()) : controller.close()),
    },
    { highWaterMark: 0 },
  )
}
