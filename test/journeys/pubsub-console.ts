import { expect } from 'vitest'
import { createWebCrypto } from '@tenantry/sdk/crypto'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import { createGoogleGateway } from '@tenantry/server-adapters/google'
import type { World } from './create-world.ts'

/** A gateway of anybody's to the sandbox's Google. */
export function gatewayTo(sandbox: World['sandbox']): ReturnType<typeof createGoogleGateway> {
  return createGoogleGateway({
    endpoints: sandbox.endpoints,
    fetch: (request) => sandbox.fetch(request),
    crypto: createWebCrypto(),
    clock: sandbox.clock,
  })
}

/** The service account of a setup. */
export const emailOf = (setup: GoogleSetup): string => JSON.parse(setup.serviceAccountKey).client_email

type Gateway = ReturnType<typeof createGoogleGateway>['pubsub']
type Key = Parameters<Gateway['checkKey']>[0]

/** The tenant's own admin: another account that may do everything in the project. */
export async function adminOf(world: World, { projectId }: Pick<GoogleSetup, 'projectId'>): Promise<{ key: Key; pubsub: Gateway }> {
  const account = await world.sandbox.google.createServiceAccount({ projectId, name: 'tenant-admin', roles: ['roles/owner'] })
  return { key: JSON.parse(account.keyJson()), pubsub: gatewayTo(world.sandbox).pubsub }
}

/** What people do by hand: lets Gmail publish. */
export async function grantGmail(pubsub: Gateway, key: Key, topic: string): Promise<void> {
  const members = ['serviceAccount:gmail-api-push@system.gserviceaccount.com']
  await pubsub.setTopicPolicy(key, topic, {
    ...(await pubsub.getTopicPolicy(key, topic)),
    bindings: [{ role: 'roles/pubsub.publisher', members }],
  })
}

/** A topic that was made by hand. */
export async function manualTopic(pubsub: Gateway, key: Key, projectId: string, name: string): Promise<void> {
  const topic = `projects/${projectId}/topics/${name}`
  await pubsub.createTopic(key, topic, {})
  await grantGmail(pubsub, key, topic)
}

/** As Gmail's account would, which the sandbox lets nobody be; so with a grant of its own. */
export async function publish(world: World, { projectId }: GoogleSetup, topic: string, messages: readonly string[]): Promise<void> {
  const { google, endpoints } = world.sandbox
  const redirectUri = 'https://console.example.com/cb'
  google.grantRole(projectId, 'user:dana@acme.test', 'roles/owner')
  const client = google.createClient({ projectId, redirectUris: [redirectUri] })
  const scopes = ['https://www.googleapis.com/auth/pubsub']
  const { code } = google.grantConsent({ clientId: client.clientId, redirectUri, address: 'dana@acme.test', scopes })
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: client.clientId,
    client_secret: client.clientSecret,
  }
  const reply = await world.sandbox.fetch(new Request(endpoints.token, { method: 'POST', body: new URLSearchParams(form) }))
  const headers = { authorization: `Bearer ${((await reply.json()) as { access_token: string }).access_token}` }
  const body = JSON.stringify({ messages: messages.map((text) => ({ data: btoa(text) })) })
  const answer = await world.sandbox.fetch(new Request(`${endpoints.pubsub}/${topic}:publish`, { method: 'POST', headers, body }))
  expect(answer.status).toBe(200)
}
