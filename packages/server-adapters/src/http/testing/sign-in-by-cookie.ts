import type { Principal } from '@tenantry/sdk/model'
import { readCookie } from '../read-cookie.ts'

export const dana: Principal = { tenantId: 'acme', userId: 'dana', displayName: 'Dana' }

/** A host whose session cookie names the person. */
export function signInByCookie(request: Request): Principal | null {
  return readCookie(request.headers.get('cookie') ?? '', 'session') === 'dana' ? dana : null
}
