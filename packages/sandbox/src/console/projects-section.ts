import { html } from 'hono/html'
import type { Markup } from '../http/page.ts'
import type { ClientState, ProjectState, ServiceAccountState } from '../state/project-state.ts'
import type { World } from '../state/world.ts'
import { copyable } from './copyable.ts'

/** Projects with their OAuth clients and service accounts. */
export function projectsSection(world: World, redirect: string): Markup {
  return html`<section id="projects" aria-labelledby="projects-title">
    <h2 id="projects-title">Projects</h2>
    ${world.state.projects.map((project) => showProject(world, project))}
    <h3>Create a project with an OAuth client</h3>
    <form method="post" action="/console/projects">
      <label
        >Authorized redirect URIs, one a line <textarea name="redirectUris" rows="3" required>${redirect.split(',').join('\n')}</textarea>
      </label>
      <label>Project ID (optional) <input name="projectId" pattern="[a-z][a-z0-9\\-]{4,28}[a-z0-9]" /></label>
      <div class="actions"><button class="primary">Create project</button></div>
    </form>
  </section>`
}

function showProject(world: World, project: ProjectState): Markup {
  const own = (thing: { projectId: string }) => thing.projectId === project.projectId
  const path = `/console/projects/${project.projectId}`
  return html`<details open>
    <summary>${project.projectId}</summary>
    <dl>
      <dt>Project ID</dt>
      <dd>${copyable(project.projectId, 'project ID')}</dd>
      <dt>Project number</dt>
      <dd><code>${project.number}</code></dd>
    </dl>
    ${world.state.clients.filter(own).map(showClient)} ${world.state.serviceAccounts.filter(own).map(showServiceAccount)}
    <div class="actions">
      <form class="inline" method="post" action="${path}/service-accounts"><button>Create service account key</button></form>
      <form class="inline" method="post" action="${path}/publishing">
        <span class="soft">Publishing status: ${project.publishing}</span>
        ${(['testing', 'production', 'internal'] as const)
          .filter((status) => status !== project.publishing)
          .map((status) => html`<button name="publishing" value="${status}">Set to ${status}</button> `)}
      </form>
    </div>
  </details>`
}

function showClient(client: ClientState): Markup {
  return html`<h3>OAuth client${client.deleted ? ' (deleted)' : ''}</h3>
    <dl>
      <dt>Client ID</dt>
      <dd>${copyable(client.clientId, 'client ID')}</dd>
      <dt>Client secret</dt>
      <dd>${copyable(client.secrets.at(-1) ?? '', 'client secret')}</dd>
      <dt>Redirect URIs</dt>
      <dd>${client.redirectUris.map((uri) => html`<code>${uri}</code><br />`)}</dd>
    </dl>
    <a class="button" href="/console/clients/${client.clientId}/client_secret.json" download>Download client JSON</a>`
}

function showServiceAccount({ email, keys }: ServiceAccountState): Markup {
  return html`<h3>Service account</h3>
    <p>${copyable(email, 'service account address')}</p>
    <a class="button" href="/console/service-accounts/${email}/key.json" download>Download key JSON</a>
    <button type="button" hidden data-copy="${keys.at(-1)?.keyFile ?? ''}">Copy key JSON</button>`
}
