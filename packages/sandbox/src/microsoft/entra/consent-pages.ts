import { html } from 'hono/html'
import { renderPage } from '../../http/page.ts'
import type { Markup } from '../../http/page.ts'
import type { RecipientState } from '../state/recipient-state.ts'
import type { CheckedAuthorization } from './check-authorization.ts'
import type { EntraError } from './entra-error.ts'
import { isIdentityScope, labelOfScope } from './permissions.ts'

function page(title: string, body: Markup, status = 200): Promise<Response> {
  return renderPage({ title: `${title} - Microsoft account (sandbox)`, status, body: html`<main class="card">${body}</main>` })
}

/** Entra's own error page: the host never hears of it. */
export function problemPage(problem: EntraError): Promise<Response> {
  const body = html`<h1>Sorry, but we’re having trouble signing you in.</h1>
    <p class="bad">${problem.message}</p>`
  return page('Sign in to your account', body, problem.status)
}

/** Step 1: which account. */
export function chooserPage(path: string, id: string, request: CheckedAuthorization, people: RecipientState[]): Promise<Response> {
  const base = path.replace(/\/oauth2\/v2\.0\/authorize$/, '')
  const hinted = people.toSorted((a, b) => Number(b.address === request.loginHint) - Number(a.address === request.loginHint))
  const rows = hinted.map(
    (person, index) =>
      html`<button class="row" name="account" value="${person.address}" ${index === 0 ? 'autofocus' : ''}>${person.address}</button>`,
  )
  const body = html`<h1>Pick an account</h1>
    <p class="soft">to continue to ${request.app.name}</p>
    <form method="post" action="${base}/login">
      <input type="hidden" name="authorization" value="${id}" />
      ${rows.length > 0 ? rows : html`<p>This directory has no users yet.</p>`}
    </form>`
  return page('Pick an account', body)
}

/** Step 1b: users created with a password are asked for it. */
export function passwordPage(base: string, id: string, person: RecipientState, wrong: boolean): Promise<Response> {
  const body = html`<h1>Enter password</h1>
    <p class="soft">${person.address}</p>
    <form method="post" action="${base}/login">
      <input type="hidden" name="authorization" value="${id}" />
      <input type="hidden" name="account" value="${person.address}" />
      ${wrong ? html`<p class="bad" role="alert">Your account or password is incorrect.</p>` : ''}
      <label>Password <input type="password" name="password" autofocus autocomplete="off" /></label>
      <div class="actions end"><button class="primary">Sign in</button></div>
    </form>`
  return page('Enter password', body)
}

/** Step 2: all of it, or nothing. */
export function consentPage(base: string, id: string, request: CheckedAuthorization, person: RecipientState): Promise<Response> {
  const asked = request.scopes.filter((scope) => !isIdentityScope(scope))
  const offline = request.scopes.includes('offline_access') ? ['Maintain access to data you have given it access to'] : []
  const body = html`<h1>Permissions requested</h1>
    <p>${request.app.name}</p>
    <p class="soft">${person.address}</p>
    <ul>
      ${[...asked.map(labelOfScope), ...offline].map((label) => html`<li>${label}</li>`)}
    </ul>
    <form method="post" action="${base}/consent" class="actions end">
      <input type="hidden" name="authorization" value="${id}" />
      <button name="decision" value="cancel">Cancel</button>
      <button name="decision" value="accept" class="primary">Accept</button>
    </form>`
  return page('Permissions requested', body)
}

/** Instead of step 2, where people may not consent themselves. */
export function adminNeededPage(base: string, id: string, request: CheckedAuthorization): Promise<Response> {
  const body = html`<h1>Need admin approval</h1>
    <p>${request.app.name}</p>
    <p>
      ${request.app.name} needs permission to access resources in your organization that only an admin can grant. Please ask an admin to
      grant permission to this app before you can use it.
    </p>
    <form method="post" action="${base}/consent" class="actions end">
      <input type="hidden" name="authorization" value="${id}" />
      <button name="decision" value="cancel" class="primary">Return to the application without granting consent</button>
    </form>`
  return page('Need admin approval', body)
}

/** The link for admins: what the app will be able to do in the whole organization. `admin` is who is proposed to sign in. */
export function adminConsentPage(
  app: { name: string },
  permissions: string[],
  action: string,
  fields: Record<string, string>,
  admin: string,
): Promise<Response> {
  const body = html`<h1>Permissions requested: review for your organization</h1>
    <p>${app.name}</p>
    <ul>
      ${permissions.map((permission) => html`<li>${permission}</li>`)}
    </ul>
    <form method="post" action="${action}">
      ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <label>Sign in as <input name="account" required autocomplete="off" placeholder="admin@company.test" value="${admin}" /></label>
      <div class="actions end">
        <button name="decision" value="cancel" formnovalidate>Cancel</button>
        <button name="decision" value="accept" class="primary">Accept</button>
      </div>
    </form>`
  return page('Permissions requested', body)
}
