import { createHmac } from 'node:crypto'
import { Secret } from '@tenantry/sdk/model'
import type { RelayMessage } from '@tenantry/sdk/ports'
import { describeRelayTransport } from '@tenantry/sdk/testing/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRelay } from './relay.ts'
import { startRelay } from './testing/start-relay.ts'
import type { RunningRelay } from './testing/start-relay.ts'

const secret = 'EXAMPLE_relay_key'

describeRelayTransport('createRelay', {
  create: async () => {
    const running = await startRelay()
    return {
      relay: createRelay({ name: 'LeadMail', url: running.url, key: new Secret(secret), signingKey: new Secret(secret), deadlineMs: 1000 }),
      behave: running.behave,
      keys: () => running.requests.map(({ headers }) => String(headers['idempotency-key'])),
      secret,
      close: () => running.stop(),
    }
  },
})

const message: RelayMessage = {
  from: 'Sales <sales@company.test>',
  to: ['ann@acme.test'],
  subject: 'Grüße',
  text: 'Hello',
  attachments: [{ filename: 'a.bin', contentType: 'application/octet-stream', content: Uint8Array.of(0, 255, 10) }],
  messageId: '<reply-1@company.test>',
  inReplyTo: '<question-1@acme.test>',
  references: ['<question-1@acme.test>'],
}

describe('createRelay', () => {
  let running: RunningRelay
  beforeEach(async () => {
    running = await startRelay()
  })
  afterEach(() => running.stop())

  it('posts the shape that is documented', async () => {
    await createRelay({ name: 'LeadMail', url: running.url, key: new Secret(secret) }).send(message, { idempotencyKey: 'send-1' })
    const [request] = running.requests
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: `Bearer ${secret}`,
      'idempotency-key': 'send-1',
    })
    expect(request?.headers).not.toHaveProperty('x-tenantry-signature')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      from: 'Sales <sales@company.test>',
      to: ['ann@acme.test'],
      cc: [],
      bcc: [],
      subject: 'Grüße',
      text: 'Hello',
      attachments: [{ filename: 'a.bin', contentType: 'application/octet-stream', content: 'AP8K' }],
      headers: {},
      messageId: '<reply-1@company.test>',
      inReplyTo: '<question-1@acme.test>',
      references: ['<question-1@acme.test>'],
    })
  })

  it('signs the bytes that are sent, with the time', async () => {
    const clock = { now: () => 1_700_000_000_999 }
    const signingKey = new Secret('EXAMPLE_signing_key')
    const relay = createRelay({ name: 'LeadMail', url: running.url, key: new Secret(secret), signingKey, clock })
    await relay.send(message, { idempotencyKey: 'signed' })
    const [request] = running.requests
    const expected = createHmac('sha256', 'EXAMPLE_signing_key').update(`1700000000.${request?.body}`).digest('hex')
    expect(request?.headers['x-tenantry-signature']).toBe(`t=1700000000,v1=${expected}`)
  })

  it('asks for the key before each message', async () => {
    const keys = ['EXAMPLE_old', 'EXAMPLE_new']
    const relay = createRelay({ name: 'LeadMail', url: running.url, key: async () => new Secret(keys.shift() ?? '') })
    for (const idempotencyKey of ['one', 'two']) await relay.send(message, { idempotencyKey })
    expect(running.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer EXAMPLE_old', 'Bearer EXAMPLE_new'])
  })

  it('speaks the host’s own form', async () => {
    const map = ({ to, subject }: RelayMessage) => ({ recipients: to, title: subject })
    await createRelay({ name: 'Own', url: running.url, key: new Secret(secret), map }).send(message, { idempotencyKey: 'own' })
    expect(JSON.parse(running.requests[0]?.body ?? '')).toEqual({ recipients: ['ann@acme.test'], title: 'Grüße' })
  })

  it.each([
    ['{"code":"sender_unknown"}', 'sender_unknown'],
    ['{"code":"not a word"}', 'http_422'],
    ['<html>', 'http_422'],
    ['null', 'http_422'],
    [`{"code":"${'x'.repeat(100_000)}"}`, 'http_422'],
  ])('names the relay’s own code, where it is one: %s', async (body, reason) => {
    running.behave({ status: 422, body })
    const relay = createRelay({ name: 'LeadMail', url: running.url, key: new Secret(secret) })
    await expect(relay.send(message, { idempotencyKey: 'coded' })).rejects.toMatchObject({ httpStatus: 400, reason })
  })

  it.each([
    'http://mail.example.com',
    'https://user:pass@mail.example.com',
    'ftp://localhost',
    'mail.example.com',
    'http://127.0.0.1.evil.test',
  ])('is not made for %s', (url) => {
    expect(() => createRelay({ name: 'LeadMail', url, key: new Secret(secret) })).toThrow(TypeError)
  })

  it('does not quote a key that cannot be sent', async () => {
    const relay = createRelay({ name: 'LeadMail', url: running.url, key: new Secret('EXAMPLE_bad\nkey') })
    const error: unknown = await relay.send(message, { idempotencyKey: 'k' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).not.toContain('EXAMPLE_bad')
  })
})
