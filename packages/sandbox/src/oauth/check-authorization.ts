import type { AccountState } from '../state/account-state.ts'
import { findBy } from '../state/find-by.ts'
import type { ClientState, ProjectState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { isSignInScope, labelOfScope, readScopes } from './scopes.ts'

/** A refusal that Google shows on its own page; the host never hears of it. */
export interface AuthorizationProblem {
  /** HTTP status, as in "Error 400: redirect_uri_mismatch". */
  code: number
  error: string
  message: string
}

/** A well-formed authorization request. */
export interface CheckedAuthorization {
  client: ClientState
  project: ProjectState
  scopes: string[]
  redirectUri: string
  state: string | null
  codeChallenge: string | null
  codeChallengeMethod: string
  nonce: string | null
  accessType: string
  prompt: string
  loginHint: string | null
  includeGranted: boolean
}

/** Checks what the host sent to Google's authorization page. */
export function checkAuthorization(world: World, query: URLSearchParams): CheckedAuthorization | AuthorizationProblem {
  const clientId = query.get('client_id')
  if (!clientId) return refuse(400, 'invalid_request', 'Missing required parameter: client_id')
  const client = findBy(world.state.clients, 'clientId', clientId)
  const project = findBy(world.state.projects, 'projectId', client?.projectId)
  if (!client || !project) return refuse(401, 'invalid_client', 'The OAuth client was not found.')
  if (client.deleted) return refuse(401, 'deleted_client', 'The OAuth client was deleted.')
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) return refuse(400, 'invalid_request', 'Missing required parameter: redirect_uri')
  if (!client.redirectUris.includes(redirectUri)) {
    return refuse(
      400,
      'redirect_uri_mismatch',
      `You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy. If you're the app developer, register the redirect URI in the Google Cloud Console. Request details: redirect_uri=${redirectUri}`,
    )
  }
  if (!query.get('response_type')) return refuse(400, 'invalid_request', 'Required parameter is missing: response_type')
  if (query.get('response_type') !== 'code')
    return refuse(400, 'unsupported_response_type', `Invalid response_type: ${query.get('response_type')}`)
  const scopes = readScopes(query.get('scope') ?? '')
  if (scopes.length === 0) return refuse(400, 'invalid_request', 'Missing required parameter: scope')
  const unknown = scopes.filter((scope) => !isSignInScope(scope) && labelOfScope(scope) === null)
  if (unknown.length > 0) return refuse(400, 'invalid_scope', `Some requested scopes were invalid. {invalid=[${unknown.join(', ')}]}`)
  const codeChallengeMethod = query.get('code_challenge_method') ?? 'plain'
  if (!['plain', 'S256'].includes(codeChallengeMethod))
    return refuse(400, 'invalid_request', `Invalid code_challenge_method: ${codeChallengeMethod}`)
  return {
    client,
    project,
    scopes,
    redirectUri,
    state: query.get('state'),
    codeChallenge: query.get('code_challenge'),
    codeChallengeMethod,
    nonce: query.get('nonce'),
    accessType: query.get('access_type') ?? 'online',
    prompt: query.get('prompt') ?? '',
    loginHint: query.get('login_hint'),
    includeGranted: query.get('include_granted_scopes') === 'true',
  }
}

/** Checks whether the chosen account may use the app at all. */
export function checkAccount(request: CheckedAuthorization, account: AccountState): AuthorizationProblem | null {
  const { project } = request
  if (project.publishing === 'internal' && account.address.split('@')[1] !== project.organization) {
    return refuse(403, 'org_internal', `This client is restricted to users within its organization.`)
  }
  if (project.publishing === 'testing' && project.testUsers && !project.testUsers.includes(account.address)) {
    return refuse(
      403,
      'access_denied',
      `${project.projectId} has not completed the Google verification process. The app is currently being tested, and can only be accessed by developer-approved testers.`,
    )
  }
  return null
}

/** True for a refusal. */
export function isProblem(value: CheckedAuthorization | AuthorizationProblem): value is AuthorizationProblem {
  return 'error' in value
}

function refuse(code: number, error: string, message: string): AuthorizationProblem {
  return { code, error, message }
}
