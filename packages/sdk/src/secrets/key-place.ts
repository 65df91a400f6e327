import { decodeBase64Url, decodeText, encodeBase64Url, encodeText } from '../crypto/base64url.ts'
import { TenantryError } from '../errors/index.ts'
import type { DataKeyPlace } from '../ports/index.ts'

/** How far a walk over all data keys is: by the key that wraps them, then by tenant. */
export interface KeyPlace extends DataKeyPlace {
  readonly keyId: string
}

/** As text that the host hands back. */
export const formatPlace = ({ keyId, tenantId, id }: KeyPlace): string => encodeBase64Url(encodeText(JSON.stringify([keyId, tenantId, id])))

/** @throws `invalid_input` for what {@link formatPlace} did not write */
export function parsePlace(text: string): KeyPlace {
  const [keyId, tenantId, id, ...rest] = partsOf(text)
  if (typeof keyId === 'string' && typeof tenantId === 'string' && typeof id === 'string' && rest.length === 0)
    return { keyId, tenantId, id }
  throw new TenantryError('invalid_input', { field: 'after' })
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(decodeText(decodeBase64Url(text) ?? new Uint8Array()))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
