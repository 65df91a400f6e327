import { formOf, param } from '../../http/operation.ts'
import type { Call, Operation } from '../../http/operation.ts'
import type { World } from '../../state/world.ts'
import { LOGIN_HOST } from '../clouds.ts'
import type { AppState, DirectoryState } from '../state/entra-state.ts'
import { readApp, readTenant } from './check-tenant.ts'
import { adminConsentPage } from './consent-pages.ts'
import { addConsent, coveredBy, expand } from './consents.ts'
import { EntraError } from './entra-error.ts'
import { onPage } from './on-page.ts'
import { splitScopes } from './permissions.ts'

const FIELDS = ['client_id', 'redirect_uri', 'scope', 'state']

/** A well-formed admin consent link. */
export interface CheckedAdminConsent {
  app: AppState
  directory: DirectoryState | null
  redirectUri: string
  scopes: string[]
  state: string | null
}

/** The page where an admin approves an app for a whole organization. */
export function createAdminConsentOperations(world: World): Operation[] {
  const path = `${LOGIN_HOST}/:tenant/v2.0/adminconsent`
  return [
    { name: 'entra.adminConsent', method: 'GET', path, handle: onPage((call) => show(world, call)) },
    { name: 'entra.adminConsent', method: 'POST', path, handle: onPage((call) => decide(world, call)) },
  ]
}

/** @throws EntraError that is shown on a page */
export function checkAdminConsent(world: World, tenant: string, query: URLSearchParams): CheckedAdminConsent {
  const directory = readTenant(world, tenant)
  const app = readApp(world, query.get('client_id'), directory)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!app.redirectUris.includes(redirectUri)) throw new EntraError(50011, redirectUri)
  const scopes = splitScopes(query.get('scope') ?? '')
  if (scopes.length === 0) throw new EntraError(900144, 'scope')
  expand(app, scopes)
  return { app, directory, redirectUri, scopes, state: query.get('state') }
}

/** What the app is registered for, or what was asked for, now holds for everybody; and says where the browser goes. */
export function grantAdminConsent(world: World, { app, redirectUri, scopes, state }: CheckedAdminConsent, directoryId: string): string {
  const holder = { clientId: app.clientId, directoryId, oid: null }
  addConsent(world, holder, coveredBy(app, scopes, 'delegated'), coveredBy(app, scopes, 'application'))
  return leave(redirectUri, { admin_consent: 'True', tenant: directoryId, scope: scopes.join(' ') }, state)
}

/** The admin cancels. */
export function denyAdminConsent({ redirectUri, state }: CheckedAdminConsent): string {
  return leave(redirectUri, { error: 'permission_denied', error_description: 'The admin canceled the request' }, state)
}

function show(world: World, call: Call): Promise<Response> {
  const { app, directory, scopes } = checkAdminConsent(world, param(call, 'tenant'), call.query)
  const permissions = [...new Set([...coveredBy(app, scopes, 'delegated'), ...coveredBy(app, scopes, 'application')])]
  const fields = Object.fromEntries(FIELDS.map((name) => [name, call.query.get(name) ?? '']))
  const admin = world.state.microsoft.recipients.find(
    (recipient) => recipient.admin && !recipient.removed && recipient.directoryId === directory?.directoryId,
  )
  return adminConsentPage(app, permissions, call.url.pathname, fields, admin?.address ?? '')
}

function decide(world: World, call: Call): Response {
  const form = formOf(call)
  const request = checkAdminConsent(world, param(call, 'tenant'), form)
  if (form.get('decision') !== 'accept') return redirect(denyAdminConsent(request))
  const account = (form.get('account') ?? '').toLowerCase()
  const admin = world.state.microsoft.recipients.find(({ address, removed }) => address === account && !removed)
  if (admin === undefined) throw new EntraError(50034, account)
  if (request.directory !== null && admin.directoryId !== request.directory.directoryId) throw new EntraError(50020, account)
  if (!admin.admin) throw new EntraError(90094)
  return redirect(grantAdminConsent(world, request, admin.directoryId))
}

function leave(redirectUri: string, answer: Record<string, string>, state: string | null): string {
  const target = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  // An empty one comes from the page's own form and was not sent.
  if (state) target.searchParams.set('state', state)
  return target.href
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } })
}
