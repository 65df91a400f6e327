import { TenantryError } from '../errors/index.ts'
import { cleanPaste, isMasked } from './clean-paste.ts'
import { readGuid } from './guid.ts'

// What Entra makes: three characters, one digit, `Q~`, and the rest.
const secretShape = /^[\w.~-]{3}\dQ~[\w.~-]{20,60}$/

/**
 * The application (client) id of an Entra app, in lower case.
 * @throws `client_id_is_secret`, `masked_value`, `entra_client_id_invalid`
 */
export function parseEntraClientId(input: string, field = 'clientId'): string {
  const text = cleanPaste(input)
  const guid = readGuid(text)
  if (guid !== null) return guid
  if (isMasked(text)) throw new TenantryError('masked_value', { field })
  if (secretShape.test(text)) throw new TenantryError('client_id_is_secret', { field })
  throw new TenantryError('entra_client_id_invalid', { field })
}

/** The part of a client id that may be shown: its beginning and its end. */
export function maskEntraClientId(clientId: string): string {
  return `${clientId.slice(0, 8)}-…${clientId.slice(-4)}`
}

/**
 * The value of a client secret of an Entra app. What is a GUID cannot be one.
 * @param clientId as typed beside it or saved before; tells a mix-up of the two fields from one of value and secret id
 * @throws `masked_value`, `client_secret_is_client_id`, `client_secret_is_secret_id`, `client_secret_invalid`
 */
export function parseEntraClientSecret(input: string, clientId: string | undefined, field = 'clientSecret'): string {
  const text = cleanPaste(input)
  if (isMasked(text)) throw new TenantryError('masked_value', { field })
  const guid = readGuid(text)
  if (guid !== null) {
    const typed = cleanPaste(clientId ?? '')
    const isSwapped = guid === readGuid(typed) || secretShape.test(typed)
    throw new TenantryError(isSwapped ? 'client_secret_is_client_id' : 'client_secret_is_secret_id', { field })
  }
  if (!/^[\x21-\x7E]{8,256}$/.test(text)) throw new TenantryError('client_secret_invalid', { field })
  return text
}
