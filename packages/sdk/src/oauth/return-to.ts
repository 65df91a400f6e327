import { TenantryError } from '../errors/index.ts'

/**
 * The address to send the browser back to, made absolute: a path of the base URL or a URL on an allowed origin.
 * @throws `return_to_invalid`
 */
export function parseReturnTo(input: string | undefined, baseUrl: string, allowedOrigins: readonly string[]): string {
  const text = input ?? '/'
  // URL parsing drops tabs and line breaks and reads a backslash as a slash, which turns "/\evil.test" into another host.
  if (text.length > 2048 || /[\u0000-\u0020\u007F-\u009F\\]/.test(text) || !URL.canParse(text, baseUrl))
    throw new TenantryError('return_to_invalid', { field: 'returnTo' })
  const url = new URL(text, baseUrl)
  // A blob: address has the origin of its maker, and user info stands before the host; neither begins with the origin.
  const allowed = allowedOrigins.includes(url.origin) && url.href.startsWith(`${url.origin}/`)
  if (!allowed) throw new TenantryError('return_to_invalid', { field: 'returnTo' })
  return url.href
}
