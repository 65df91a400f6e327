import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { describe, expect, it } from 'vitest'
import { findPubSubEmulator, startPubSubEmulator, startSandbox } from '../node.ts'

const ENDPOINT = 'https://helpdesk.tunnel.test/hook'
const SCOPE = 'https://www.googleapis.com/auth/pubsub'
const found = await findPubSubEmulator()
const required = process.env['TENANTRY_REQUIRE_REAL'] === '1'
if (!found)
  process.stderr.write(
    'SKIPPED: the bridge to Google’s Pub/Sub emulator, which is not installed (gcloud components install pubsub-emulator)\n',
  )

describe('emulator bridge', () => {
  it.skipIf(!found && !required)(
    'lets Google’s emulator deliver, signs its pushes, and returns the receiver’s status',
    async () => {
      const emulator = await startPubSubEmulator()
      const answers = [503, 204]
      const bodies: { token: string; body: { message: { data: string; messageId: string }; subscription: string } }[] = []
      const receiver = createServer((request, response) => {
        let text = ''
        request.on('data', (chunk: Buffer) => (text += chunk.toString()))
        request.on('end', () => {
          bodies.push({ token: request.headers.authorization?.slice(7) ?? '', body: JSON.parse(text) })
          response.writeHead(answers.shift() ?? 204).end()
        })
      })
      await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
      const real = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
      const { sandbox, stop } = await startSandbox({
        port: 0,
        pubsub: { emulator: emulator.url },
        network: { 'https://helpdesk.tunnel.test': real },
      })
      try {
        const { google, endpoints } = sandbox
        const { projectId } = google.createProject()
        const account = await google.createServiceAccount({ projectId })
        const client = google.createClient({ projectId, redirectUris: ['https://helpdesk.example/cb'] })
        google.grantRole(projectId, 'user:support@acme.test', 'roles/pubsub.admin')
        google.grantRole(projectId, 'user:support@acme.test', 'roles/iam.serviceAccountUser')
        const { code } = google.grantConsent({
          clientId: client.clientId,
          redirectUri: 'https://helpdesk.example/cb',
          address: 'support@acme.test',
          scopes: [SCOPE],
        })
        const form = {
          grant_type: 'authorization_code',
          code,
          redirect_uri: 'https://helpdesk.example/cb',
          client_id: client.clientId,
          client_secret: client.clientSecret,
        }
        const reply = await fetch(endpoints.token, { method: 'POST', body: new URLSearchParams(form) })
        const { access_token } = await reply.json()
        const call = (method: string, path: string, body: unknown) =>
          fetch(`${endpoints.pubsub}/projects/${projectId}/${path}`, {
            method,
            headers: { authorization: `Bearer ${access_token}` },
            body: JSON.stringify(body),
          })
        expect((await call('PUT', 'topics/mail', {})).status).toBe(200)
        const pushConfig = { pushEndpoint: ENDPOINT, oidcToken: { serviceAccountEmail: account.email } }
        const retryPolicy = { minimumBackoff: '0s', maximumBackoff: '1s' }
        expect(
          (await call('PUT', 'subscriptions/mail', { topic: `projects/${projectId}/topics/mail`, pushConfig, retryPolicy })).status,
        ).toBe(200)
        expect((await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('hello') }] })).status).toBe(200)
        await expect.poll(() => bodies.length, { timeout: 20_000 }).toBe(2)
        expect(bodies.map(({ body }) => atob(body.message.data))).toEqual(['hello', 'hello'])
        // The emulator numbers from 1 at every start; a receiver that remembers ids must not take the next start's for repetitions.
        const [first = '', second] = bodies.map(({ body }) => body.message.messageId)
        expect(first).toBe(second)
        expect(Number(first.slice(0, 10))).toBeGreaterThan(Date.now() / 1000 - 120)
        expect(bodies[1]?.body.subscription).toBe(`projects/${projectId}/subscriptions/mail`)
        const keys = (await (await fetch(endpoints.jwks)).json()) as JSONWebKeySet
        const { payload } = await jwtVerify(bodies[1]?.token ?? '', createLocalJWKSet(keys), {
          audience: ENDPOINT,
          issuer: 'https://accounts.google.com',
        })
        expect(payload['email']).toBe(account.email)
        expect(sandbox.deliveries.map(({ status, attempt }) => [status, attempt])).toEqual([
          [503, 1],
          [204, 2],
        ])

        const pullTopic = `projects/${projectId}/topics/mail`
        expect((await call('PUT', 'subscriptions/pulled', { topic: pullTopic })).status).toBe(200)
        await call('POST', 'topics/mail:publish', { messages: [{ data: btoa('again') }] })
        const pulled = await (await call('POST', 'subscriptions/pulled:pull', { maxMessages: 5 })).json()
        expect(atob(pulled.receivedMessages[0].message.data)).toBe('again')
        expect((await call('POST', 'subscriptions/pulled:acknowledge', { ackIds: [pulled.receivedMessages[0].ackId] })).status).toBe(200)
        await sandbox.settled()
      } finally {
        await stop()
        await emulator.stop()
        receiver.close()
      }
    },
    60_000,
  )
})
