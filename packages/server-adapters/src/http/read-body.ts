import { TenantryError } from '@tenantry/sdk/errors'

/**
 * The body's bytes. Counts what really arrives, because `Content-Length` may lie.
 * @throws `payload_too_large`; `invalid_input` when the body breaks off; TypeError when somebody read it before us, as a body parser does: what was sent
 * must not be answered as if nothing had been
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes) throw new TenantryError('payload_too_large')
  const body = await readAll(request, maxBytes)
  if (body.byteLength === 0 && announced > 0) throw new TypeError('The body was read before: the handler stands before any body parser.')
  return body
}

async function readAll(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await readChunk(reader)
    if (done) return join(chunks, size)
    size += value.byteLength
    if (size > maxBytes) {
      // Not awaited: a source that is slow to stop must not hold back the answer.
      void reader.cancel().catch(() => {})
      throw new TenantryError('payload_too_large')
    }
    chunks.push(value)
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read()
  } catch {
    // The sender went away in the middle of its body.
    throw new TenantryError('invalid_input')
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const body = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
