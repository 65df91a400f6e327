import { formOf } from '../http/operation.ts'
import type { Call, Operation } from '../http/operation.ts'
import { newId } from '../state/new-id.ts'
import type { AuthorizationState } from '../state/oauth-state.ts'
import type { World } from '../state/world.ts'
import { checkAccount, checkAuthorization, isProblem } from './check-authorization.ts'
import { chooserPage, consentPage, passwordPage, problemPage, warningPage } from './consent-pages.ts'
import { denyConsent, grantConsent } from './grant-consent.ts'

const PAGE_LIFETIME = 3_600_000
const PATH = '/accounts.google.com/signin/oauth'

/** Google's authorization page and its steps. */
export function createAuthorizeOperations(world: World): Operation[] {
  return [
    { name: 'oauth.authorize', method: 'GET', path: '/accounts.google.com/o/oauth2/v2/auth', handle: ({ query }) => start(world, query) },
    { name: 'oauth.account', method: 'POST', path: `${PATH}/account`, handle: (call) => chooseAccount(world, call) },
    { name: 'oauth.warning', method: 'POST', path: `${PATH}/warning`, handle: (call) => passWarning(world, call) },
    { name: 'oauth.consent', method: 'POST', path: `${PATH}/consent`, handle: (call) => decide(world, call) },
  ]
}

function start(world: World, query: URLSearchParams): Promise<Response> {
  const request = checkAuthorization(world, query)
  if (isProblem(request)) return problemPage(request)
  const now = world.clock.now()
  const authorization: AuthorizationState = { id: newId(40), query: query.toString(), address: null, expiresAt: now + PAGE_LIFETIME }
  world.state.authorizations = [...world.state.authorizations.filter((other) => other.expiresAt > now), authorization]
  return chooserPage(authorization.id, request, world.state.accounts)
}

async function chooseAccount(world: World, call: Call): Promise<Response> {
  const form = formOf(call)
  const { authorization, request } = resume(world, form)
  if (!authorization || !request) return startOver()
  const account = world.state.accounts.find((candidate) => candidate.address === form.get('account'))
  if (!account) return problemPage({ code: 400, error: 'invalid_request', message: 'Couldn’t find your Google Account.' })
  if (account.password !== null && form.get('password') !== account.password) {
    return passwordPage(authorization.id, account, form.has('password'))
  }
  const problem = checkAccount(request, account)
  if (problem) return problemPage(problem)
  authorization.address = account.address
  const warn = request.project.publishing !== 'internal' && !request.project.verified
  return warn ? warningPage(authorization.id, request) : consentPage(authorization.id, request, account)
}

async function passWarning(world: World, call: Call): Promise<Response> {
  const form = formOf(call)
  const { authorization, request, account } = resume(world, form)
  if (!authorization || !request || !account) return startOver()
  return form.get('decision') === 'continue'
    ? consentPage(authorization.id, request, account)
    : leave(world, authorization, denyConsent(request))
}

async function decide(world: World, call: Call): Promise<Response> {
  const form = formOf(call)
  const { authorization, request, account } = resume(world, form)
  if (!authorization || !request || !account) return startOver()
  if (form.get('decision') !== 'continue') return leave(world, authorization, denyConsent(request))
  return leave(world, authorization, grantConsent(world, request, account, form.getAll('scope')).redirectTo)
}

function resume(world: World, form: URLSearchParams) {
  const authorization = world.state.authorizations.find(
    ({ id, expiresAt }) => id === form.get('authorization') && expiresAt > world.clock.now(),
  )
  if (!authorization) return {}
  const request = checkAuthorization(world, new URLSearchParams(authorization.query))
  if (isProblem(request)) return { authorization }
  const account = world.state.accounts.find((candidate) => candidate.address === authorization.address)
  return { authorization, request, account }
}

function leave(world: World, authorization: AuthorizationState, location: string): Response {
  world.state.authorizations = world.state.authorizations.filter((other) => other !== authorization)
  return new Response(null, { status: 302, headers: { location } })
}

function startOver(): Promise<Response> {
  return problemPage({ code: 400, error: 'invalid_request', message: 'This page has expired. Go back to the app and try again.' })
}
