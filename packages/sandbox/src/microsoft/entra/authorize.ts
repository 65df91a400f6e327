import { formOf, param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import { newId } from '../../state/new-id.ts'
import type { World } from '../../state/world.ts'
import { LOGIN_HOST } from '../clouds.ts'
import { lookUp } from '../find.ts'
import type { AuthorizationState } from '../state/entra-state.ts'
import { checkAuthorization, checkPerson, missingConsent } from './check-authorization.ts'
import { adminNeededPage, chooserPage, consentPage, passwordPage } from './consent-pages.ts'
import { EntraError } from './entra-error.ts'
import { onPage } from './on-page.ts'
import { grantConsent, refuse } from './grant-consent.ts'

const PAGE_LIFETIME = 3_600_000

/** Entra's sign-in and consent pages. */
export function createEntraAuthorizeOperations(world: World): Operation[] {
  const base = `${LOGIN_HOST}/:tenant`
  return [
    { name: 'entra.authorize', method: 'GET', path: `${base}/oauth2/v2.0/authorize`, handle: onPage((call) => start(world, call)) },
    { name: 'entra.account', method: 'POST', path: `${base}/login`, handle: onPage((call) => signIn(world, call)) },
    { name: 'entra.consent', method: 'POST', path: `${base}/consent`, handle: onPage((call) => decide(world, call)) },
  ]
}

function start(world: World, call: Call): Promise<Response> | Response {
  const tenant = param(call, 'tenant')
  const request = checkAuthorization(world, tenant, call.query)
  // Nobody is signed in here between two visits.
  if (request.prompt === 'none') return redirect(refuse(world, request, new EntraError(50058)).redirectTo)
  const now = world.clock.now()
  const authorization: AuthorizationState = {
    id: newId(40),
    tenant,
    query: call.query.toString(),
    oid: null,
    expiresAt: now + PAGE_LIFETIME,
  }
  const { microsoft } = world.state
  microsoft.authorizations = [...microsoft.authorizations.filter((other) => other.expiresAt > now), authorization]
  const people = microsoft.recipients.filter(
    ({ kind, removed, directoryId }) =>
      (kind === 'user' || kind === 'guest') && !removed && (request.directory === null || request.directory.directoryId === directoryId),
  )
  return chooserPage(call.url.pathname, authorization.id, request, people)
}

function signIn(world: World, call: Call): Promise<Response> | Response {
  const form = formOf(call)
  const { authorization, request } = resume(world, form)
  const address = form.get('account') ?? ''
  const person = checkPerson(world, request, personOf(world, authorization, address), address)
  const base = call.url.pathname.replace(/\/login$/, '')
  if (person.password !== null && form.get('password') !== person.password)
    return passwordPage(base, authorization.id, person, form.has('password'))
  authorization.oid = person.id
  const missing = missingConsent(world, request, person)
  if (missing.adminOnly) return adminNeededPage(base, authorization.id, request)
  return missing.keys.length > 0
    ? consentPage(base, authorization.id, request, person)
    : leave(world, authorization, grantConsent(world, request, person).redirectTo)
}

function decide(world: World, call: Call): Response {
  const form = formOf(call)
  const { authorization, request } = resume(world, form)
  const person = world.state.microsoft.recipients.find(({ id }) => id === authorization.oid)
  if (person === undefined) throw new EntraError(90023)
  if (form.get('decision') === 'accept') return leave(world, authorization, grantConsent(world, request, person).redirectTo)
  const number = missingConsent(world, request, person).adminOnly ? 90094 : 65004
  return leave(world, authorization, refuse(world, request, new EntraError(number)).redirectTo)
}

/** A guest has the same address in several directories. */
function personOf(world: World, { tenant }: AuthorizationState, address: string) {
  const people = world.state.microsoft.recipients.filter((recipient) => recipient.address === address.toLowerCase())
  return people.find(({ directoryId }) => directoryId === tenant) ?? lookUp(world, address)
}

/** @throws EntraError 90023 for a page that has expired */
function resume(world: World, form: URLSearchParams) {
  const authorization = world.state.microsoft.authorizations.find(
    ({ id, expiresAt }) => id === form.get('authorization') && expiresAt > world.clock.now(),
  )
  if (authorization === undefined) throw new EntraError(90023)
  return { authorization, request: checkAuthorization(world, authorization.tenant, new URLSearchParams(authorization.query)) }
}

function leave(world: World, authorization: AuthorizationState, location: string): Response {
  const { microsoft } = world.state
  microsoft.authorizations = microsoft.authorizations.filter((other) => other !== authorization)
  return redirect(location)
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } })
}
