import type { World } from '../../state/world.ts'
import type { AppState, DirectoryState } from '../state/entra-state.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import { readApp, readTenant } from './check-tenant.ts'
import { consentedTo, expand } from './consents.ts'
import { EntraError } from './entra-error.ts'
import { splitScopes } from './permissions.ts'

/** A well-formed authorization request. */
export interface CheckedAuthorization {
  app: AppState
  /** null: the directory of whoever signs in. */
  directory: DirectoryState | null
  scopes: string[]
  redirectUri: string
  state: string | null
  nonce: string | null
  codeChallenge: string | null
  prompt: string
  loginHint: string | null
}

/** Checks what the host sent. @throws EntraError that Entra shows on a page of its own: the host never hears of it */
export function checkAuthorization(world: World, tenant: string, query: URLSearchParams): CheckedAuthorization {
  const directory = readTenant(world, tenant)
  const app = readApp(world, query.get('client_id'), directory)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.includes(redirectUri)) throw new EntraError(50011, redirectUri)
  const type = query.get('response_type')
  if (!type) throw new EntraError(900144, 'response_type')
  if (type !== 'code') throw new EntraError(700054, type)
  const scopes = splitScopes(query.get('scope') ?? '')
  if (scopes.length === 0) throw new EntraError(900144, 'scope')
  // Several resources may be consented to at once; only a token is for one of them.
  expand(app, scopes)
  const method = query.get('code_challenge_method')
  if (query.has('code_challenge') && method !== 'S256') throw new EntraError(90023)
  return {
    app,
    directory,
    scopes,
    redirectUri,
    state: query.get('state'),
    nonce: query.get('nonce'),
    codeChallenge: query.get('code_challenge'),
    prompt: query.get('prompt') ?? '',
    loginHint: query.get('login_hint'),
  }
}

/** Whether this person may sign in there. @throws EntraError 50020, 50034, 50057, 53003 */
export function checkPerson(
  world: World,
  request: CheckedAuthorization,
  person: RecipientState | undefined,
  address: string,
): RecipientState {
  if (person === undefined || person.removed || person.kind === 'group' || person.kind === 'contact') throw new EntraError(50034, address)
  if (request.directory !== null && person.directoryId !== request.directory.directoryId) throw new EntraError(50020, address)
  if (!person.enabled) throw new EntraError(50057)
  const home = world.state.microsoft.directories.find(({ directoryId }) => directoryId === person.directoryId)
  if (home?.signIn === 'blocked') throw new EntraError(53003)
  return person
}

/**
 * What still has to be consented to, and who may do it. `prompt=consent` asks once more for what was granted already, also by an admin for
 * everybody, and so turns people away who may not consent.
 */
export function missingConsent(
  world: World,
  request: CheckedAuthorization,
  person: RecipientState,
): { keys: string[]; adminOnly: boolean } {
  const { directoryId, id: oid } = person
  const given = consentedTo(world, { clientId: request.app.clientId, directoryId, oid })
  const asksAgain = request.prompt.split(' ').includes('consent')
  const keys = expand(request.app, request.scopes).filter((key) => asksAgain || !given.has(key))
  const policy = world.state.microsoft.directories.find((directory) => directory.directoryId === directoryId)?.userConsent
  return { keys, adminOnly: keys.length > 0 && policy === 'admin_only' && !person.admin }
}
