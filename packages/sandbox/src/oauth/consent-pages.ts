import { html } from 'hono/html'
import { renderPage } from '../http/page.ts'
import type { Markup } from '../http/page.ts'
import type { AccountState } from '../state/account-state.ts'
import type { AuthorizationProblem, CheckedAuthorization } from './check-authorization.ts'
import { isSignInScope, labelOfScope } from './scopes.ts'

const PATH = '/accounts.google.com/signin/oauth'

function page(title: string, body: Markup, status = 200): Promise<Response> {
  return renderPage({ title: `${title} - Google Accounts (sandbox)`, status, body: html`<main class="card">${body}</main>` })
}

/** Google's own error page: the host never hears of it. */
export function problemPage(problem: AuthorizationProblem): Promise<Response> {
  const body = html`<h1>Access blocked</h1>
    <p>${problem.message}</p>
    <p class="bad">Error ${String(problem.code)}: ${problem.error}</p>`
  return page(`Error ${problem.code}: ${problem.error}`, body, problem.code)
}

/** Step 1: which account. */
export function chooserPage(id: string, request: CheckedAuthorization, accounts: AccountState[]): Promise<Response> {
  const hinted = accounts.toSorted((a, b) => Number(b.address === request.loginHint) - Number(a.address === request.loginHint))
  const rows = hinted.map(
    (account, index) =>
      html`<button class="row" name="account" value="${account.address}" ${index === 0 ? 'autofocus' : ''}>${account.address}</button>`,
  )
  const body = html`<h1>Choose an account</h1>
    <p class="soft">to continue to ${request.project.projectId}</p>
    <form method="post" action="${PATH}/account">
      <input type="hidden" name="authorization" value="${id}" />
      ${rows.length > 0 ? rows : html`<p>The sandbox has no accounts yet.</p>`}
    </form>`
  return page('Choose an account', body)
}

/** Step 1b: accounts created with a password ask for it. */
export function passwordPage(id: string, account: AccountState, wrong: boolean): Promise<Response> {
  const body = html`<h1>Welcome</h1>
    <p class="soft">${account.address}</p>
    <form method="post" action="${PATH}/account">
      <input type="hidden" name="authorization" value="${id}" />
      <input type="hidden" name="account" value="${account.address}" />
      ${wrong ? html`<p class="bad" role="alert">Wrong password. Try again.</p>` : ''}
      <label>Enter your password <input type="password" name="password" autofocus autocomplete="off" /></label>
      <div class="actions end"><button class="primary">Next</button></div>
    </form>`
  return page('Sign in', body)
}

/** Step 2: the warning of apps that Google has not verified. */
export function warningPage(id: string, request: CheckedAuthorization): Promise<Response> {
  const { project } = request
  const text =
    project.publishing === 'testing'
      ? 'You’ve been given access to an app that’s currently being tested. You should only continue if you know the developer that invited you.'
      : 'The app is requesting access to sensitive info in your Google Account. Until the developer verifies this app with Google, you shouldn’t use it.'
  const body = html`<h1>Google hasn’t verified this app</h1>
    <p>${text}</p>
    <p class="soft">${project.projectId}</p>
    <form method="post" action="${PATH}/warning" class="actions end">
      <input type="hidden" name="authorization" value="${id}" />
      <button name="decision" value="cancel">Back to safety</button>
      <button name="decision" value="continue" class="primary">Continue</button>
    </form>`
  return page('Google hasn’t verified this app', body)
}

/** Step 3: what the app may do; every scope can be unticked. */
export function consentPage(id: string, request: CheckedAuthorization, account: AccountState): Promise<Response> {
  const choices = request.scopes
    .filter((scope) => !isSignInScope(scope))
    .map(
      (scope) =>
        html`<label class="choice"><input type="checkbox" name="scope" value="${scope}" checked />${labelOfScope(scope) ?? scope}</label>`,
    )
  const body = html`<h1>${request.project.projectId} wants access to your Google Account</h1>
    <p class="soft">${account.address}</p>
    <form method="post" action="${PATH}/consent">
      <input type="hidden" name="authorization" value="${id}" />
      ${choices.length > 0 ? html`<p>Select what ${request.project.projectId} can access</p>` : ''}${choices}
      <div class="actions end">
        <button name="decision" value="cancel">Cancel</button>
        <button name="decision" value="continue" class="primary">Continue</button>
      </div>
    </form>`
  return page('Grant access', body)
}
