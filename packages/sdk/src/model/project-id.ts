import { TenantryError } from '../errors/index.ts'
import { cleanPaste } from './clean-paste.ts'

const shape = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/
const inLink = /[?&]project=([a-z][a-z0-9-]{4,28}[a-z0-9])(?:&|#|$)/

/**
 * A Google Cloud project id; also taken out of a pasted console link. Source: cloud.google.com/resource-manager/docs/creating-managing-projects.
 * @throws `project_id_is_number`, `project_id_is_name`, `project_id_invalid`
 */
export function parseProjectId(input: string, field = 'projectId'): string {
  const text = cleanPaste(input)
  const linked = inLink.exec(text)?.[1]
  if (linked !== undefined) return linked
  if (shape.test(text)) return text
  if (/^\d+$/.test(text)) throw new TenantryError('project_id_is_number', { field })
  if (/^[\p{L}\p{N} ._-]{2,60}$/u.test(text) && /[\p{Lu} ]/u.test(text)) throw new TenantryError('project_id_is_name', { field })
  throw new TenantryError('project_id_invalid', { field })
}
