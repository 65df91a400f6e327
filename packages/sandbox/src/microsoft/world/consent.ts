import type { World } from '../../state/world.ts'
import { checkAdminConsent, denyAdminConsent, grantAdminConsent } from '../entra/admin-consent.ts'
import type { CheckedAdminConsent } from '../entra/admin-consent.ts'
import { checkAuthorization, checkPerson } from '../entra/check-authorization.ts'
import type { CheckedAuthorization } from '../entra/check-authorization.ts'
import { EntraError } from '../entra/entra-error.ts'
import { grantConsent, refuse } from '../entra/grant-consent.ts'
import { findApp, findByAddress, lookUp } from '../find.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { AdminConsentAnswer, MicrosoftConsentAnswer, MicrosoftWorld } from './microsoft-world.ts'

type ConsentVerbs = Pick<
  MicrosoftWorld,
  'grantConsent' | 'denyConsent' | 'grantAdminConsent' | 'denyAdminConsent' | 'revokeGrant' | 'expireAccessTokens'
>

/** What people let apps do. */
export function createConsentVerbs(world: World): ConsentVerbs {
  return {
    grantConsent: (answer) => {
      const { request, person } = readAnswer(world, answer)
      return grantConsent(world, request, person)
    },
    denyConsent: (answer) => ({ redirectTo: refuse(world, readAnswer(world, answer).request, new EntraError(65004)).redirectTo }),
    grantAdminConsent: (answer) => {
      const request = readAdminAnswer(world, answer)
      const directoryId = request.directory?.directoryId ?? request.app.directoryId
      return { redirectTo: grantAdminConsent(world, request, directoryId) }
    },
    denyAdminConsent: (answer) => ({ redirectTo: denyAdminConsent(readAdminAnswer(world, answer)) }),
    revokeGrant: (address, clientId) => {
      const { id } = findByAddress(world, address)
      const { microsoft } = world.state
      // What an admin gave to everybody goes too, or it would still hold for this person.
      microsoft.consents = microsoft.consents.filter(
        (consent) => consent.clientId !== clientId || (consent.oid !== id && consent.oid !== null),
      )
    },
    expireAccessTokens: (address) => {
      const oid = address === undefined ? undefined : findByAddress(world, address).id
      const { microsoft } = world.state
      const now = world.clock.now()
      microsoft.accessTokens = microsoft.accessTokens.map((token) =>
        oid === undefined || token.oid === oid ? { ...token, expiresAt: Math.min(token.expiresAt, now) } : token,
      )
    },
  }
}

function readAnswer(world: World, answer: MicrosoftConsentAnswer): { request: CheckedAuthorization; person: RecipientState } {
  const { tenant, query } = 'authorizationUrl' in answer ? splitUrl(answer.authorizationUrl) : fromParameters(world, answer)
  const request = checkAuthorization(world, tenant, query)
  const home = world.state.microsoft.recipients.find(
    ({ address, directoryId, removed }) =>
      address === answer.address.toLowerCase() && directoryId === request.directory?.directoryId && !removed,
  )
  return { request, person: checkPerson(world, request, home ?? lookUp(world, answer.address), answer.address) }
}

function readAdminAnswer(world: World, answer: AdminConsentAnswer): CheckedAdminConsent {
  if ('adminConsentUrl' in answer) {
    const { tenant, query } = splitUrl(answer.adminConsentUrl)
    return checkAdminConsent(world, tenant, query)
  }
  const { clientId, redirectUri, scope = 'https://graph.microsoft.com/.default', state } = answer
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, ...(state === undefined ? {} : { state }) })
  return checkAdminConsent(world, findApp(world, clientId).directoryId, query)
}

/** The directory is the segment after the host, which itself is a segment here. */
function splitUrl(text: string): { tenant: string; query: URLSearchParams } {
  const url = new URL(text)
  const tenant = /\/login\.[^/]+\/([^/]+)\//.exec(url.pathname)?.[1]
  if (tenant === undefined) throw new Error(`${text} is not an address of Entra here`)
  return { tenant: decodeURIComponent(tenant), query: url.searchParams }
}

function fromParameters(world: World, answer: Exclude<MicrosoftConsentAnswer, { authorizationUrl: string }>) {
  const { clientId, redirectUri, scope, state, nonce, codeChallenge, prompt } = answer
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope })
  if (codeChallenge !== undefined) query.set('code_challenge_method', 'S256')
  for (const [name, value] of Object.entries({ state, nonce, code_challenge: codeChallenge, prompt }))
    if (value !== undefined) query.set(name, value)
  return { tenant: findApp(world, clientId).directoryId, query }
}
