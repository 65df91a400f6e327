const chunk = 0x1000

/** RFC 4648 section 5, without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = ''
  // Spreading would walk the bytes one by one, which takes ten times as long.
  for (let at = 0; at < bytes.length; at += chunk) binary += Reflect.apply(String.fromCharCode, String, bytes.subarray(at, at + chunk))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Last characters whose unused bits are zero, by the number of characters after the last full group. RFC 4648 section 3.5. */
const endings: Readonly<Record<number, string>> = { 2: 'AQgw', 3: 'AEIMQUYcgkosw048' }

/** The bytes, or `null` when the text is not base64url. Correct padding is accepted; but for it, no two texts give the same bytes. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(text) || (text.endsWith('=') && text.length % 4 !== 0)) return null
  const bare = text.replace(/=+$/, '')
  const over = bare.length % 4
  if (over > 0 && !endings[over]?.includes(bare.at(-1) ?? '')) return null
  const binary = atob(bare.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** @throws TypeError when the bytes are not UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
