import { TenantryError } from '../errors/index.ts'
import { cleanPaste, isMasked } from './clean-paste.ts'

const shape = /^\d{6,}-[a-z0-9_]+\.apps\.googleusercontent\.com$/

/**
 * A Google OAuth client id, cleaned of paste artefacts.
 * @throws `client_id_is_secret`, `client_id_is_email`, `masked_value`, `client_id_invalid`
 */
export function parseClientId(input: string, field = 'clientId'): string {
  const text = cleanPaste(input)
  if (shape.test(text)) return text
  if (isMasked(text)) throw new TenantryError('masked_value', { field })
  if (text.startsWith('GOCSPX-')) throw new TenantryError('client_id_is_secret', { field })
  if (text.includes('@')) throw new TenantryError('client_id_is_email', { field })
  throw new TenantryError('client_id_invalid', { field })
}

/** The part of a client id that may be shown: project number and the ending. */
export function maskClientId(clientId: string): string {
  const [number = '', rest = ''] = clientId.split(/-(.*)/s)
  const name = rest.replace('.apps.googleusercontent.com', '')
  return `${number}-…${name.slice(-4)}.apps.googleusercontent.com`
}

/**
 * A Google OAuth client secret.
 * @throws `masked_value`, `client_secret_is_client_id`, `client_secret_invalid`
 */
export function parseClientSecret(input: string, field = 'clientSecret'): string {
  const text = cleanPaste(input)
  if (isMasked(text)) throw new TenantryError('masked_value', { field })
  if (text.endsWith('.apps.googleusercontent.com')) throw new TenantryError('client_secret_is_client_id', { field })
  if (!/^[\x21-\x7E]{8,256}$/.test(text)) throw new TenantryError('client_secret_invalid', { field })
  return text
}
