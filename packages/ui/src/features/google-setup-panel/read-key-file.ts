import { isTenantryError } from '@tenantry/sdk/errors'
import { assertKeyProject, parseServiceAccountKey } from '@tenantry/sdk/model'
import type { Failure } from '../../elements/failure/index.ts'
import type { FileRead } from '../../parts/file-drop/use-file-drop.ts'

/** A key file, rebuilt from the fields that are needed, and what may be shown of it. */
export interface KeyFile {
  readonly json: string
  readonly account: string
  readonly project: string
  /** Last 8 characters of the key's ID, which Google's console shows too. */
  readonly ending: string
}

/** Reads a service account key in the page, by the same rules as the server. */
export function readKeyFile(text: string, project: string | null, say: (failure: Failure) => string): FileRead<KeyFile> {
  try {
    const key = parseServiceAccountKey(text)
    if (project !== null) assertKeyProject(key, project)
    const { client_email: account, project_id, private_key_id } = key
    return { ok: true, value: { json: JSON.stringify(key), account, project: project_id, ending: private_key_id.slice(-8) } }
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return { ok: false, message: say(error) }
  }
}
