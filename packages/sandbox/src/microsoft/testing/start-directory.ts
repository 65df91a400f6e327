import { createVirtualClock } from '../../clock/virtual-clock.ts'
import { createSandbox } from '../../create-sandbox.ts'
import type { Sandbox, SandboxOptions } from '../../create-sandbox.ts'
import { json, NOON } from '../../testing/start-tenant.ts'
import type { AppOptions } from '../world/microsoft-world.ts'

export const REDIRECT = 'https://helpdesk.example/api/auth/microsoft/callback'
export const AGENT = 'agent@acme.test'
export const SALES = 'sales@acme.test'
export const IDENTITY = 'openid profile email offline_access'
export const GRAPH = ['User.Read', 'Mail.ReadWrite.Shared', 'Mail.Send.Shared']
  .map((name) => `https://graph.microsoft.com/${name}`)
  .join(' ')
export const OUTLOOK = ['IMAP.AccessAsUser.All', 'SMTP.Send'].map((name) => `https://outlook.office.com/${name}`).join(' ')

export interface Tokens {
  access_token: string
  refresh_token: string
  id_token: string
  scope: string
  expires_in: number
}

/** One customer of Microsoft: a directory, an agent with Full Access to the shared mailbox, an app, and the calls a client makes. */
export function startDirectory(options: SandboxOptions & { app?: Partial<AppOptions> } = {}) {
  const sandbox = createSandbox({ clock: createVirtualClock({ now: NOON, frozen: true }), ...options })
  const { microsoft } = sandbox
  const { login, graph } = sandbox.microsoftEndpoints.global
  const { directoryId } = microsoft.createDirectory({ domain: 'acme.test' })
  microsoft.createUser({ address: AGENT, name: 'Alex Agent' })
  microsoft.createSharedMailbox({ address: SALES, members: [AGENT] })
  const app = microsoft.registerApp({ directoryId, redirectUris: [REDIRECT], ...options.app })

  const post = (url: string, form: Record<string, string>) =>
    sandbox.fetch(new Request(url, { method: 'POST', body: new URLSearchParams(form) }))
  const token = (form: Record<string, string>, tenant = directoryId) =>
    post(`${login}/${tenant}/oauth2/v2.0/token`, { client_id: app.clientId, client_secret: app.clientSecret, ...form })
  const exchange = (code: string, more: Record<string, string> = {}) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more })
  const refresh = (refreshToken: string, scope = `${IDENTITY} ${GRAPH}`) =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken, scope })
  const connect = async (scope = `${IDENTITY} ${GRAPH}`, address = AGENT): Promise<Tokens> => {
    const { code } = microsoft.grantConsent({ clientId: app.clientId, redirectUri: REDIRECT, address, scope })
    return json(await exchange(code ?? ''))
  }
  const connectApp = async (): Promise<string> => {
    microsoft.grantAdminConsent({ clientId: app.clientId, redirectUri: REDIRECT })
    const answer = await token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' })
    return (await json<Tokens>(answer)).access_token
  }
  return { sandbox, microsoft, login, graph, directoryId, app, post, token, exchange, refresh, connect, connectApp }
}

/** Calls Graph with a token; text is sent as MIME in base64, everything else as JSON. */
export function callGraph(
  sandbox: Sandbox,
  accessToken: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const url = path.startsWith('http') ? path : `${sandbox.microsoftEndpoints.global.graph}/v1.0/${path}`
  const mime = typeof body === 'string'
  return sandbox.fetch(
    new Request(url, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': mime ? 'text/plain' : 'application/json', ...headers },
      ...(body === undefined ? {} : { body: mime ? btoa(body) : JSON.stringify(body) }),
    }),
  )
}

/** HTTP status and `error.code` of a refusal. */
export async function refusalOf(response: Promise<Response>): Promise<[number, string]> {
  const answer = await response
  return [answer.status, (await json<{ error: { code: string } }>(answer)).error.code]
}
