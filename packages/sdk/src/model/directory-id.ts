import { TenantryError } from '../errors/index.ts'
import { cleanPaste } from './clean-paste.ts'
import { readGuid } from './guid.ts'

// Ends with letters, so that no way to write an IP address fits. Names outside ASCII come as `xn--`.
const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/

/**
 * An Entra directory: its GUID, or one of its verified domains. It becomes one segment of an address at Microsoft's, so nothing else fits.
 * @throws `directory_id_invalid`
 */
export function parseDirectoryId(input: string, field = 'directoryId'): string {
  const text = cleanPaste(input).toLowerCase()
  const guid = readGuid(text)
  if (guid !== null) return guid
  if (domain.test(text)) return text
  throw new TenantryError('directory_id_invalid', { field })
}
