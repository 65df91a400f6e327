import { createSandbox } from '../create-sandbox.ts'
import type { Sandbox, SandboxOptions } from '../create-sandbox.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import type { ProjectOptions } from '../google/google-world.ts'

export const REDIRECT = 'https://helpdesk.example/api/auth/google/callback'
export const GMAIL = 'https://www.googleapis.com/auth/gmail.readonly'
export const CALENDAR = 'https://www.googleapis.com/auth/calendar.events'
export const SUPPORT = 'support@acme.test'
export const NOON = Date.UTC(2026, 5, 1, 12)

/** One customer of Google, with a project, an OAuth client and a mailbox, and the calls a client makes. */
export function startTenant(options: SandboxOptions & { project?: ProjectOptions; existing?: Sandbox } = {}) {
  const sandbox = options.existing ?? createSandbox({ clock: createVirtualClock({ now: NOON, frozen: true }), ...options })
  const { google, endpoints } = sandbox
  google.createAccount({ address: SUPPORT, name: 'Support', seed: false })
  const project = google.createProject(options.project)
  const client = google.createClient({ projectId: project.projectId, redirectUris: [REDIRECT] })

  const post = (url: string, form: Record<string, string>) =>
    sandbox.fetch(new Request(url, { method: 'POST', body: new URLSearchParams(form) }))
  const credentials = () => ({ client_id: client.clientId, client_secret: client.clientSecret })
  const exchange = (code: string, more: Record<string, string> = {}) =>
    post(endpoints.token, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...credentials(), ...more })
  const refresh = (token: string) => post(endpoints.token, { grant_type: 'refresh_token', refresh_token: token, ...credentials() })
  const connect = async (scopes: string[], address = SUPPORT): Promise<{ access_token: string; refresh_token: string; scope: string }> => {
    const { code } = google.grantConsent({ clientId: client.clientId, redirectUri: REDIRECT, address, scopes })
    return json(await exchange(code))
  }
  const authorizationUrl = (more: Record<string, string> = {}) => {
    const asked = {
      client_id: client.clientId,
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: GMAIL,
      access_type: 'offline',
      state: 's1',
    }
    return `${endpoints.authorization}?${new URLSearchParams({ ...asked, ...more })}`
  }
  return { sandbox, google, project, client, post, credentials, exchange, refresh, connect, authorizationUrl }
}

/** Calls an API with a token; a body is sent as JSON. */
export function callApi(sandbox: Sandbox, token: string, method: string, url: string, body?: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return sandbox.fetch(new Request(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }))
}

/** The JSON of a response, as the caller expects it. */
export async function json<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}
