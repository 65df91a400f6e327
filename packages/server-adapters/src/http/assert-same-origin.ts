import { TenantryError } from '@tenantry/sdk/errors'

/**
 * Lets only pages of the product through. A browser that names no origin has to say that the request comes from the same one; who says neither
 * is refused. Returns the origin, or `null` when the browser did not name it.
 * @throws `origin_not_allowed`
 */
export function assertSameOrigin(headers: Headers, allowedOrigins: readonly string[]): string | null {
  const origin = headers.get('origin')
  const allowed = origin === null ? headers.get('sec-fetch-site') === 'same-origin' : allowedOrigins.includes(origin)
  if (!allowed) throw new TenantryError('origin_not_allowed')
  return origin
}
