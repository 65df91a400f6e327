import type { z } from 'zod/mini'
import type { Call } from '../../http/operation.ts'
import { GraphError } from './graph-error.ts'

/** Most bytes that a request may carry. Source: learn.microsoft.com, "Create a message", size limit of 4 MB. */
const MOST = 4 * 1024 * 1024

/** @throws GraphError 413 */
export function checkSize(call: Call): void {
  if (call.bytes.length > MOST) throw new GraphError(413, 'RequestEntityTooLarge', 'The request entity is too large.')
}

/** The JSON body. @throws GraphError 400, 413 */
export function readBody<T extends z.ZodMiniType>(call: Call, schema: T): z.infer<T> {
  checkSize(call)
  const read = schema.safeParse(parse(call.text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new GraphError(400, 'RequestBodyRead', `The property '${issue?.path.join('.') ?? ''}' is not valid: ${issue?.message ?? ''}`)
}

/** True for a MIME message in base64. */
export function isMime(call: Call): boolean {
  return /^text\/plain\b/i.test(call.request.headers.get('content-type') ?? '')
}

/** The MIME message of the body. @throws GraphError 400 ErrorMimeContentInvalidBase64String, 413 */
export function readMime(call: Call): Uint8Array {
  checkSize(call)
  const text = call.text.replace(/[\r\n\t ]/g, '')
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    throw new GraphError(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.')
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new GraphError(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    )
  }
}
