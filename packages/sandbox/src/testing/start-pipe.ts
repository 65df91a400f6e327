import { importPKCS8, SignJWT } from 'jose'
import type { Sandbox, SandboxOptions } from '../create-sandbox.ts'
import type { ServiceAccount } from '../google/google-world.ts'
import { callApi, GMAIL, json, startTenant } from './start-tenant.ts'

export const ENDPOINT = 'https://helpdesk.example/api/email/webhooks/google/k1'
export const PUBLISHER = 'serviceAccount:gmail-api-push@system.gserviceaccount.com'

export interface ReceivedPush {
  request: Request
  body: {
    message: { data: string; messageId: string; attributes?: Record<string, string> }
    subscription: string
    deliveryAttempt?: number
  }
}

/** An access token of a service account. */
export async function tokenOf(sandbox: Sandbox, account: ServiceAccount): Promise<string> {
  const file = JSON.parse(account.keyJson())
  const iat = Math.floor(sandbox.clock.now() / 1000)
  const claims = { iss: account.email, scope: 'https://www.googleapis.com/auth/pubsub', aud: 'https://oauth2.googleapis.com/token' }
  const assertion = await new SignJWT({ ...claims, iat, exp: iat + 3600 })
    .setProtectedHeader({ alg: 'RS256', kid: file.private_key_id })
    .sign(await importPKCS8(file.private_key, 'RS256'))
  const form = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })
  const reply = await sandbox.fetch(new Request(sandbox.endpoints.token, { method: 'POST', body: form }))
  return (await json<{ access_token: string }>(reply)).access_token
}

/** A tenant with a service account, and the calls it makes to provision topic, policy and subscription. */
export async function startPipe(options: SandboxOptions & { receive?: (request: Request) => Promise<Response> | Response } = {}) {
  const received: ReceivedPush[] = []
  const deliver = async (request: Request) => {
    received.push({ request, body: await request.clone().json() })
    return options.receive ? options.receive(request) : new Response(null, { status: 204 })
  }
  const tenant = startTenant({ deliver, ...options })
  const { sandbox, google, project } = tenant
  const account = await google.createServiceAccount({ projectId: project.projectId })
  const token = await tokenOf(sandbox, account)
  const base = `${sandbox.endpoints.pubsub}/projects/${project.projectId}`
  const callAs = (bearer: string) => (method: string, path: string, body?: unknown) =>
    callApi(sandbox, bearer, method, `${base}/${path}`, body)
  const call = callAs(token)
  const names = {
    topic: `projects/${project.projectId}/topics/mail`,
    subscription: `projects/${project.projectId}/subscriptions/mail`,
    dead: `projects/${project.projectId}/topics/dead`,
  }
  const pushConfig = { pushEndpoint: ENDPOINT, oidcToken: { serviceAccountEmail: account.email, audience: ENDPOINT } }
  const grant = (resource: string, ...bindings: object[]) => call('POST', `${resource}:setIamPolicy`, { policy: { version: 3, bindings } })
  const provision = async (more: object = {}) => {
    await call('PUT', 'topics/mail', {})
    await grant('topics/mail', { role: 'roles/pubsub.publisher', members: [PUBLISHER] })
    return call('PUT', 'subscriptions/mail', { topic: names.topic, pushConfig, ackDeadlineSeconds: 30, expirationPolicy: {}, ...more })
  }
  const watch = async () => {
    const { access_token } = await tenant.connect([GMAIL])
    return callApi(sandbox, access_token, 'POST', `${sandbox.endpoints.gmail}/gmail/v1/users/me/watch`, { topicName: names.topic })
  }
  return { ...tenant, account, call, callAs, names, pushConfig, grant, provision, watch, received, token }
}
