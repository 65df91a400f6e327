import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { findPubSubEmulator, startPubSubEmulator, startSandbox } from '../node.ts'
import { tokenOf } from '../testing/start-pipe.ts'

const ENDPOINT = 'https://helpdesk.tunnel.test/hook'
const found = await findPubSubEmulator()
const required = process.env['TENANTRY_REQUIRE_REAL'] === '1'
if (!found)
  process.stderr.write(
    'SKIPPED: the bridge to Google’s Pub/Sub emulator, which is not installed (gcloud components install pubsub-emulator)\n',
  )

interface Push {
  token: string
  body: { message: { data: string; messageId: string }; subscription: string; deliveryAttempt?: number }
}

interface Pulled {
  receivedMessages?: { ackId: string; message: { data: string } }[]
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0).toReversed()) await stop()
})

/** Google's emulator behind a sandbox, a receiver that answers in turn, and a service account that may do everything. */
async function startBridge(answers: number[]) {
  const emulator = await startPubSubEmulator()
  open.push(emulator.stop)
  const pushes: Push[] = []
  const receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      pushes.push({ token: request.headers.authorization?.slice(7) ?? '', body: JSON.parse(text) })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  open.push(async () => void receiver.close())
  const network = { 'https://helpdesk.tunnel.test': `http://127.0.0.1:${(receiver.address() as AddressInfo).port}` }
  const { sandbox, stop } = await startSandbox({ port: 0, pubsub: { emulator: emulator.url }, network })
  open.push(stop)
  const { projectId } = sandbox.google.createProject()
  const account = await sandbox.google.createServiceAccount({ projectId })
  const token = await tokenOf(sandbox, account)
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${sandbox.endpoints.pubsub}/projects/${projectId}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const accepted = async (method: string, path: string, body?: unknown) => {
    const response = await call(method, path, body)
    expect([path, response.status]).toEqual([path, 200])
    return response.json()
  }
  const publish = (text: string) => accepted('POST', 'topics/mail:publish', { messages: [{ data: btoa(text) }] })
  const pull = async (name: string): Promise<string[]> => {
    const { receivedMessages = [] }: Pulled = await accepted('POST', `subscriptions/${name}:pull`, { maxMessages: 5 })
    const ackIds = receivedMessages.map(({ ackId }) => ackId)
    if (ackIds.length > 0) await accepted('POST', `subscriptions/${name}:acknowledge`, { ackIds })
    return receivedMessages.map(({ message }) => atob(message.data))
  }
  const pushConfig = { pushEndpoint: ENDPOINT, oidcToken: { serviceAccountEmail: account.email } }
  const retryPolicy = { minimumBackoff: '0s', maximumBackoff: '1s' }
  const topic = `projects/${projectId}/topics/mail`
  await accepted('PUT', 'topics/mail', {})
  return { sandbox, account, projectId, topic, pushConfig, retryPolicy, pushes, call, accepted, publish, pull }
}

describe.skipIf(!found && !required)('emulator bridge', () => {
  it('lets Google’s emulator deliver, signs its pushes, and returns the receiver’s status', async () => {
    const { sandbox, account, projectId, topic, pushConfig, retryPolicy, pushes, accepted, publish } = await startBridge([503, 204])
    await accepted('PUT', 'subscriptions/mail', { topic, pushConfig, retryPolicy })
    await publish('hello')
    await expect.poll(() => pushes.length, { timeout: 20_000 }).toBe(2)
    expect(pushes.map(({ body }) => [atob(body.message.data), body.deliveryAttempt])).toEqual([
      ['hello', undefined],
      ['hello', undefined],
    ])
    // The emulator numbers from 1 at every start; a receiver that remembers ids must not take the next start's for repetitions.
    const [first = '', second] = pushes.map(({ body }) => body.message.messageId)
    expect(first).toBe(second)
    expect(Number(first.slice(0, 10))).toBeGreaterThan(Date.now() / 1000 - 120)
    expect(pushes[1]?.body.subscription).toBe(`projects/${projectId}/subscriptions/mail`)
    const keys = (await (await fetch(sandbox.endpoints.jwks)).json()) as JSONWebKeySet
    const { payload } = await jwtVerify(pushes[1]?.token ?? '', createLocalJWKSet(keys), {
      audience: ENDPOINT,
      issuer: 'https://accounts.google.com',
    })
    expect(payload['email']).toBe(account.email)
    await expect
      .poll(() => sandbox.deliveries.map(({ status, attempt }) => [status, attempt]))
      .toEqual([
        [503, 1],
        [204, 2],
      ])
  }, 60_000)

  it('hands over dead letters, and counts the attempts', async () => {
    const { projectId, topic, pushConfig, retryPolicy, pushes, accepted, publish, pull } = await startBridge(Array(5).fill(500))
    await accepted('PUT', 'topics/dead', {})
    await accepted('PUT', 'subscriptions/dead', { topic: `projects/${projectId}/topics/dead` })
    const deadLetterPolicy = { deadLetterTopic: `projects/${projectId}/topics/dead`, maxDeliveryAttempts: 5 }
    await accepted('PUT', 'subscriptions/mail', { topic, pushConfig, retryPolicy })
    await accepted('PATCH', 'subscriptions/mail', { subscription: { deadLetterPolicy }, updateMask: 'deadLetterPolicy' })
    await publish('poison')
    await expect.poll(() => pull('dead'), { timeout: 30_000, interval: 200 }).toEqual(['poison'])
    expect(pushes.map(({ body }) => body.deliveryAttempt)).toEqual([1, 2, 3, 4, 5])
  }, 60_000)

  it('pulls, turns a push into a pull, and loses all pushes when told to', async () => {
    const { sandbox, topic, pushConfig, pushes, call, accepted, publish, pull } = await startBridge([])
    await accepted('PUT', 'subscriptions/pulled', { topic })
    await accepted('PUT', 'subscriptions/mail', { topic, pushConfig })
    const lost = sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    await publish('lost')
    await expect.poll(() => pull('pulled'), { timeout: 20_000 }).toEqual(['lost'])
    await expect.poll(() => lost.hits(), { timeout: 20_000 }).toBe(1)
    await accepted('POST', 'subscriptions/mail:modifyPushConfig', { pushConfig: {} })
    await publish('pulled')
    await expect.poll(() => pull('mail'), { timeout: 20_000 }).toEqual(['pulled'])
    expect(pushes).toEqual([])
    await accepted('DELETE', 'topics/mail')
    expect(await accepted('GET', 'subscriptions/mail')).toMatchObject({ topic: '_deleted-topic_' })
    await accepted('DELETE', 'subscriptions/mail')
    expect((await call('GET', 'subscriptions/mail')).status).toBe(404)
    await sandbox.settled()
  }, 60_000)
})
