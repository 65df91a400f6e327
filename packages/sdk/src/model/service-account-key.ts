import { TenantryError } from '../errors/index.ts'

/** The six fields we keep of an uploaded key; everything else in the file is dropped, never stored, never followed. */
export interface ServiceAccountKey {
  readonly type: 'service_account'
  readonly project_id: string
  readonly private_key_id: string
  readonly private_key: string
  readonly client_email: string
  readonly client_id: string
}

export const maxKeyFileBytes = 64 * 1024

const required = ['project_id', 'private_key_id', 'private_key', 'client_email', 'client_id'] as const
const pem = /^-----BEGIN PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PRIVATE KEY-----\s*$/

/**
 * Reads an uploaded key file with our own strict rules and rebuilds it from six fields, because other credential kinds make
 * Google's libraries read files and call foreign addresses.
 * @throws `key_too_large`, `key_not_json`, `key_is_client_file`, `key_wrong_kind`, `key_foreign_universe`, `key_incomplete`, `key_private_key_invalid`, `key_email_invalid`
 */
export function parseServiceAccountKey(text: string, field = 'serviceAccountKey'): ServiceAccountKey {
  if (text.length > maxKeyFileBytes) throw new TenantryError('key_too_large', { field })
  const file = readJsonObject(text, field)
  if ('web' in file || 'installed' in file) throw new TenantryError('key_is_client_file', { field })
  if (file['type'] !== 'service_account') throw new TenantryError('key_wrong_kind', { field })
  if ('universe_domain' in file && file['universe_domain'] !== 'googleapis.com') throw new TenantryError('key_foreign_universe', { field })
  const missing = required.filter((name) => typeof file[name] !== 'string' || file[name] === '')
  if (missing.length > 0) throw new TenantryError('key_incomplete', { field, values: { missing: missing.join(', ') } })
  const read = (name: (typeof required)[number]): string => String(file[name])
  const key = {
    type: 'service_account' as const,
    project_id: read('project_id'),
    private_key_id: read('private_key_id'),
    private_key: read('private_key'),
    client_email: read('client_email'),
    client_id: read('client_id'),
  }
  if (!pem.test(key.private_key)) throw new TenantryError('key_private_key_invalid', { field })
  if (!belongsToProject(key.client_email, key.project_id)) throw new TenantryError('key_email_invalid', { field })
  return key
}

/** @throws `key_project_mismatch` */
export function assertKeyProject(key: ServiceAccountKey, projectId: string, field = 'serviceAccountKey'): void {
  if (key.project_id !== projectId)
    throw new TenantryError('key_project_mismatch', { field, values: { actual: key.project_id, expected: projectId } })
}

function readJsonObject(text: string, field: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's message quotes the input, so it is not passed on.
    throw new TenantryError('key_not_json', { field })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TenantryError('key_not_json', { field })
  return value as Record<string, unknown>
}

function belongsToProject(email: string, projectId: string): boolean {
  const match = /^[a-z0-9-]{6,30}@([a-z][a-z0-9-]{4,28}[a-z0-9])(?:\.([a-z0-9.-]+))?\.iam\.gserviceaccount\.com$/.exec(email)
  if (match === null) return false
  const [, project, domain] = match
  return domain === undefined ? project === projectId : `${domain}:${project}` === projectId || project === projectId
}
