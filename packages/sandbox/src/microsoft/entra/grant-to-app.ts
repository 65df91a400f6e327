import type { DirectoryState } from '../state/entra-state.ts'
import { rolesOf } from './consents.ts'
import { EntraError } from './entra-error.ts'
import type { TokenRequest } from './issue-tokens.ts'
import { readOneResource, splitScopes } from './permissions.ts'
import { issueAccessToken } from './tokens.ts'

/** `grant_type=client_credentials`: a token of the app itself, with the roles that an admin has given; without any, it has none. @throws EntraError */
export async function grantToApp({ world, form, app }: TokenRequest, directory: DirectoryState | null): Promise<Record<string, unknown>> {
  // At /common there is no directory whose mailboxes could be meant.
  if (directory === null) throw new EntraError(50194, app.clientId)
  const scope = form.get('scope')
  if (!scope) throw new EntraError(900144, 'scope')
  const { audience, names } = readOneResource(splitScopes(scope))
  if (names.length !== 1 || names[0] !== '.default') throw new EntraError(1002012, scope)
  const { clientId } = app
  const { directoryId } = directory
  const permissions = rolesOf(world, clientId, directoryId)
    .filter((key) => key.startsWith(`${audience}/`))
    .map((key) => key.slice(audience.length + 1))
  const access = await issueAccessToken(world, { clientId, directoryId, oid: null, audience, permissions }, null)
  return { token_type: 'Bearer', expires_in: access.seconds, ext_expires_in: access.seconds, access_token: access.token }
}
