import { TenantryError } from '@tenantry/sdk/errors'

export const bodyCap = 256 * 1024

/** The whole body, as long as it is within the cap; Content-Length is not believed. @throws `payload_too_large` */
export async function readBytes(request: Request, cap = bodyCap): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > cap) {
      await reader.cancel()
      throw new TenantryError('payload_too_large')
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

const reserved = new Set(['__proto__', 'constructor', 'prototype'])

/** A JSON body. Keys that could reach into prototypes are refused wherever they stand. @throws `unsupported_media_type`, `payload_too_large`, `invalid_input` */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new TenantryError('unsupported_media_type')
  const bytes = await readBytes(request)
  let poisoned = false
  let value: unknown
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text, (key, inner: unknown) => {
      poisoned ||= reserved.has(key)
      return inner
    })
  } catch {
    // The parser's message quotes the body, which may hold a secret in the wrong place.
    throw new TenantryError('invalid_input')
  }
  if (poisoned) throw new TenantryError('invalid_input')
  return value
}
