import { TenantryError } from '../../errors/index.ts'
import { cleanPaste } from '../../model/clean-paste.ts'

const shape = /^[a-z][a-z0-9-]{4,28}[a-z0-9]@([a-z][a-z0-9-]{4,28}[a-z0-9])(?:\.[a-z0-9.-]+)?\.iam\.gserviceaccount\.com$/

/**
 * The address of the service account that signs notifications; `null` for nothing, which means ours. Google's own agents are refused: they cannot
 * be made to sign. Source: cloud.google.com/iam/docs/service-account-overview.
 * @throws `push_account_invalid`
 */
export function parsePushAccount(input: string, field = 'pushServiceAccount'): string | null {
  const text = cleanPaste(input)
    .replace(/^serviceAccount:/i, '')
    .toLowerCase()
  if (text === '') return null
  const project = shape.exec(text)?.[1]
  if (project === undefined || project.startsWith('gcp-sa-')) throw new TenantryError('push_account_invalid', { field })
  return text
}
