import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { CheckedAuthorization } from './check-authorization.ts'
import { missingConsent } from './check-authorization.ts'
import { addConsent, expand } from './consents.ts'
import { EntraError } from './entra-error.ts'

const CODE_LIFETIME = 600_000

/** Where the browser goes, and the code that it carries; null when it carries an error. */
export interface Outcome {
  code: string | null
  redirectTo: string
}

/** The person accepts: issues a code, unless only an admin may consent. */
export function grantConsent(world: World, request: CheckedAuthorization, person: RecipientState): Outcome {
  const missing = missingConsent(world, request, person)
  if (missing.adminOnly) return refuse(world, request, new EntraError(90094))
  const { app, scopes, redirectUri, codeChallenge, nonce } = request
  const now = world.clock.now()
  const code = `1.EXAMPLE_${newId(90)}`
  const { directoryId, id: oid } = person
  addConsent(world, { clientId: app.clientId, directoryId, oid }, expand(app, scopes))
  const { microsoft } = world.state
  microsoft.codes = [
    ...microsoft.codes.filter((other) => other.expiresAt + 3_600_000 > now),
    {
      code,
      clientId: app.clientId,
      directoryId,
      oid,
      family: code,
      signedInAt: now,
      // Whoever signs in answers the question for a second factor.
      mfa: microsoft.directories.find((directory) => directory.directoryId === directoryId)?.signIn === 'mfa_required',
      scopes,
      redirectUri,
      codeChallenge,
      nonce,
      expiresAt: now + CODE_LIFETIME,
      used: false,
    },
  ]
  return { code, redirectTo: leave(request, { code, session_state: crypto.randomUUID() }) }
}

/** Back to the app with an error. */
export function refuse(world: World, request: CheckedAuthorization, error: EntraError): Outcome {
  const { error_description: description } = error.body(world.clock.now())
  const answer = {
    error: error.error,
    ...(error.number === 65004 ? { error_subcode: 'cancel' } : {}),
    error_description: String(description),
  }
  return { code: null, redirectTo: leave(request, answer) }
}

function leave(request: Pick<CheckedAuthorization, 'redirectUri' | 'state'>, answer: Record<string, string>): string {
  const target = new URL(request.redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  if (request.state !== null) target.searchParams.set('state', request.state)
  return target.href
}
