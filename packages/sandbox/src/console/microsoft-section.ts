import { html } from 'hono/html'
import type { Markup } from '../http/page.ts'
import { lookUp } from '../microsoft/find.ts'
import type { AppState, DirectoryState } from '../microsoft/state/entra-state.ts'
import type { World } from '../state/world.ts'
import { copyable } from './copyable.ts'
import { showMailbox } from './microsoft-mailbox.ts'

/** Microsoft 365: directories with their apps, people and mailboxes. */
export function microsoftSection(world: World): Markup {
  const { directories, recipients } = world.state.microsoft
  const boxes = recipients.filter(({ mailbox, removed }) => mailbox !== null && !removed)
  return html`<section id="microsoft" aria-labelledby="microsoft-title">
    <h2 id="microsoft-title">Microsoft 365</h2>
    ${directories.map((directory) => showDirectory(world, directory))} ${boxes.map((box) => showMailbox(world, box))}
    <h3>Create a directory</h3>
    <form method="post" action="/console/directories">
      <label>Domain <input name="domain" placeholder="company.test" required /></label>
      <div class="actions"><button>Create directory</button></div>
    </form>
    <h3>Create a person or a shared mailbox</h3>
    <form method="post" action="/console/users">
      <label>Address <input type="email" name="address" required /></label>
      <label class="choice"><input type="checkbox" name="admin" />Global administrator</label>
      <div class="actions"><button>Create user</button> <button formaction="/console/shared-mailboxes">Create shared mailbox</button></div>
    </form>
  </section>`
}

function showDirectory(world: World, directory: DirectoryState): Markup {
  const { directoryId, domain, userConsent, signIn, smtpAuth } = directory
  const path = `/console/directories/${directoryId}`
  const admin = world.state.microsoft.recipients.find((recipient) => recipient.directoryId === directoryId && recipient.admin)
  return html`<details open>
    <summary>${domain}</summary>
    <dl>
      <dt>Directory (tenant) ID</dt>
      <dd>${copyable(directoryId, 'directory ID')}</dd>
      <dt>Administrator</dt>
      <dd>${admin ? (lookUp(world, admin.address)?.address ?? '') : 'nobody'}</dd>
    </dl>
    <form method="post" action="${path}/policy" class="actions">
      ${
        userConsent === 'allowed'
          ? html`<button name="userConsent" value="admin_only">Let only admins consent</button>`
          : html`<button name="userConsent" value="allowed">Let people consent</button>`
      }
      ${(['open', 'mfa_required', 'blocked'] as const)
        .filter((policy) => policy !== signIn)
        .map((policy) => html`<button name="signIn" value="${policy}">Sign-in: ${policy.replace('_', ' ')}</button> `)}
      <button name="smtpAuth" value="${String(!smtpAuth)}">Turn SMTP AUTH ${smtpAuth ? 'off' : 'on'}</button>
    </form>
    ${world.state.microsoft.apps.filter((app) => app.directoryId === directoryId).map(showApp)}
    <h3>Register an app</h3>
    <form method="post" action="${path}/apps">
      <label>Redirect URIs, one a line <textarea name="redirectUris" rows="2" required></textarea></label>
      <div class="actions"><button>Register app</button></div>
    </form>
  </details>`
}

function showApp({ clientId, name, secrets, redirectUris, deleted }: AppState): Markup {
  const path = `/console/apps/${clientId}`
  return html`<h3>${name}${deleted ? ' (deleted)' : ''}</h3>
    <dl>
      <dt>Application (client) ID</dt>
      <dd>${copyable(clientId, 'application ID')}</dd>
      ${secrets.map(
        ({ secretId, value, expiresAt }) =>
          html`<dt>Secret, until ${new Date(expiresAt).toISOString().slice(0, 10)}</dt>
            <dd>
              ${copyable(value, 'secret value')}
              <form class="inline" method="post" action="${path}/secrets/${secretId}/remove">
                <button aria-label="Remove secret ${secretId}">Remove</button>
              </form>
            </dd>`,
      )}
      <dt>Redirect URIs</dt>
      <dd>${redirectUris.map((uri) => html`<code>${uri}</code><br />`)}</dd>
    </dl>
    <div class="actions">
      <form class="inline" method="post" action="${path}/secrets"><button>New client secret</button></form>
      <form class="inline" method="post" action="${path}/delete"><button aria-label="Delete ${name}">Delete app</button></form>
    </div>`
}
