const PIECE = 1024 * 1024

/**
 * JSON of `fields` and one more field that may be tens of megabytes long, sent piece by piece. The long text must need no escaping, as
 * base64url does not.
 */
export function streamField(fields: Record<string, unknown>, name: string, long: string): Response {
  const encoder = new TextEncoder()
  const head = encoder.encode(`${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:"`)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    pull: (controller) => {
      controller.enqueue(encoder.encode(at < long.length ? long.slice(at, at + PIECE) : '"}'))
      if (at >= long.length) controller.close()
      at += PIECE
    },
  })
  const headers = { 'content-type': 'application/json; charset=UTF-8', 'content-length': String(head.length + long.length + 2) }
  return new Response(body, { headers })
}
