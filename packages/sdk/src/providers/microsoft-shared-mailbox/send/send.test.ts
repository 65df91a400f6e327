import { describe, expect, it } from 'vitest'
import { isTenantryError, ProviderRefusal } from '../../../errors/index.ts'
import type { OutgoingMessage } from '../../../model/outgoing-message.ts'
import { maxGraphMimeBytes } from '../../../ports/index.ts'
import type { GraphGateway, ImapTransport, MailComposer, RelayMessage, RelayTransport, SmtpTransport } from '../../../ports/index.ts'
import { createMailboxWorld, mailbox, unless } from '../../../testing/create-mailbox-world.ts'
import type { MailboxWorld } from '../../../testing/create-mailbox-world.ts'

const encoder = new TextEncoder()

/** As many bytes as the real one at least: base64 is four for three. */
const composer: MailComposer = {
  compose: (message) => {
    const files = (message.attachments ?? []).reduce((sum, { content }) => sum + Math.ceil(content.byteLength / 3) * 4, 0)
    const head = encoder.encode(JSON.stringify({ ...message, attachments: (message.attachments ?? []).map(({ filename }) => filename) }))
    const raw = new Uint8Array(head.byteLength + files)
    raw.set(head)
    return Promise.resolve(raw)
  },
}

const refusal = (operation: string, httpStatus: number, reason?: string, retryAfterMs?: number) =>
  new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus, reason, retryAfterMs })

const message: OutgoingMessage = { to: ['ann@example.com'], subject: 'Re: offer', text: 'Yes.' }
const file = (filename: string, bytes: number) => ({ filename, contentType: 'application/pdf', content: new Uint8Array(bytes) })

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'sent'
  } catch (error) {
    if (!isTenantryError(error)) throw error
    return error.code
  }
}

interface Calls {
  readonly names: string[]
  readonly tokens: string[]
}

function graphWorld(graph: Partial<GraphGateway>): { world: MailboxWorld; calls: Calls } {
  const calls: Calls = { names: [], tokens: [] }
  const noted = Object.fromEntries(
    Object.entries(graph).map(([name, method]) => [
      name,
      (call: { accessToken: string }, input: never) => {
        calls.names.push(name)
        calls.tokens.push(call.accessToken)
        return (method as (call: unknown, input: unknown) => unknown)(call, input)
      },
    ]),
  )
  return { world: createMailboxWorld({ graph: noted, mail: { composer } }), calls }
}

describe('a message by Graph', () => {
  it('goes out in one request from the mailbox, and the copy is Graph’s affair', async () => {
    const sent: string[] = []
    const { world } = graphWorld({
      sendMime: async (_, input) => {
        sent.push(new TextDecoder().decode(input.raw))
        expect(input.mailbox).toEqual({ own: false, address: mailbox })
      },
    })
    const connectionId = await world.connect()
    const inReplyTo = '<first@example.com>'
    const result = await world.sdk.sharedMailbox.send({ connectionId, message: { ...message, inReplyTo } })
    expect(result).toEqual({ messageId: expect.stringMatching(/^<[\w-]{43}@acme\.test>$/), by: 'graph', copied: true })
    expect(JSON.parse(sent[0]?.replaceAll('\0', '') ?? '')).toMatchObject({
      from: mailbox,
      messageId: result.messageId,
      inReplyTo,
      references: [inReplyTo],
    })
  })

  it('uses /me where the mailbox is the person’s own', async () => {
    const { world } = graphWorld({ sendMime: async (_, input) => expect(input.mailbox).toEqual({ own: true }) })
    const connectionId = await world.connect({}, { subject: 'x', address: 'Sales@Acme.test' })
    await world.sdk.sharedMailbox.send({ connectionId, message })
    expect.assertions(1)
  })

  it('that is sent twice with one key goes out once, and another with the same key is refused', async () => {
    const { world, calls } = graphWorld({ sendMime: async () => {} })
    const connectionId = await world.connect()
    const send = (text: string) => world.sdk.sharedMailbox.send({ connectionId, message: { ...message, text }, idempotencyKey: 'ticket-1' })
    const first = await send('Yes.')
    expect(await send('Yes.')).toEqual(first)
    expect(calls.names).toEqual(['sendMime'])
    expect(await codeOf(send('No.'))).toBe('idempotency_key_reused')
  })

  it.each([
    ['no answer', refusal('graph.sendMail', 0)],
    ['a gateway in trouble', refusal('graph.sendMail', 502)],
  ])('after %s asks Sent Items before it sends again', async (_, lost) => {
    let delivered = false
    const { world, calls } = graphWorld({
      sendMime: async () => {
        delivered = true
        throw lost
      },
      isSent: async () => delivered,
    })
    const connectionId = await world.connect()
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe('send_outcome_unknown')
    world.clock.advance(10 * 60_000)
    expect(await send()).toMatchObject({ by: 'graph' })
    expect(calls.names).toEqual(['sendMime', 'isSent'])
  })

  it('that Sent Items do not know is sent again', async () => {
    let tries = 0
    const { world, calls } = graphWorld({
      sendMime: async () => {
        tries += 1
        if (tries === 1) throw refusal('graph.sendMail', 0)
      },
      isSent: async () => false,
    })
    const connectionId = await world.connect()
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe('send_outcome_unknown')
    world.clock.advance(10 * 60_000)
    expect(await codeOf(send())).toBe('sent')
    expect(calls.names).toEqual(['sendMime', 'isSent', 'sendMime'])
  })

  it.each([
    ['throttled', refusal('graph.sendMail', 429, 'ApplicationThrottled', 5_000), 'throttled'],
    ['told to come back', refusal('graph.sendMail', 503, 'serviceNotAvailable', 5_000), 'provider_unavailable'],
    ['denied', refusal('graph.sendMail', 403, 'ErrorSendAsDenied'), 'send_as_denied'],
    ['accepted and not sent', refusal('graph.sendMail', 200, 'accepted_not_sent'), 'message_too_large'],
  ])('that is %s was not sent, and may be tried again with the same key', async (_, refused, code) => {
    let tries = 0
    const { world, calls } = graphWorld({
      sendMime: async () => {
        tries += 1
        if (tries === 1) throw refused
      },
    })
    const connectionId = await world.connect()
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe(code)
    expect(await codeOf(send())).toBe('sent')
    expect(calls.names).toEqual(['sendMime', 'sendMime'])
  })

  it('says who may not send as which mailbox', async () => {
    const { world } = graphWorld({
      sendMime: async () => {
        throw refusal('graph.sendMail', 403, 'ErrorSendAsDenied')
      },
    })
    const connectionId = await world.connect()
    await expect(world.sdk.sharedMailbox.send({ connectionId, message })).rejects.toMatchObject({
      code: 'send_as_denied',
      values: { account: 'dana@acme.test', mailbox },
    })
  })

  it('asks once more with another token where Graph refused the first', async () => {
    const { world, calls } = graphWorld({
      sendMime: async (call) => {
        if (call.accessToken === 'EXAMPLE_graph') throw refusal('graph.sendMail', 401, 'InvalidAuthenticationToken')
      },
    })
    const connectionId = await world.connect()
    expect(await codeOf(world.sdk.sharedMailbox.send({ connectionId, message }))).toBe('sent')
    expect(calls.tokens).toEqual(['EXAMPLE_graph', 'EXAMPLE_token_1'])
  })

  it('that is too large for one request becomes a draft with its large files beside it', async () => {
    const attached: string[] = []
    const { world, calls } = graphWorld({
      createDraft: async (_, { raw }) => {
        expect(raw.byteLength).toBeLessThanOrEqual(maxGraphMimeBytes)
        expect(new TextDecoder().decode(raw.subarray(0, 500))).toContain('small.pdf')
        return { id: 'draft-1' }
      },
      attach: async (_, { attachment }) => void attached.push(attachment.filename),
      sendDraft: async () => {},
    })
    const connectionId = await world.connect()
    const attachments = [file('small.pdf', 1000), file('large.pdf', 20_000_000), file('other.pdf', 3_000_000)]
    expect(await codeOf(world.sdk.sharedMailbox.send({ connectionId, message: { ...message, attachments } }))).toBe('sent')
    expect(calls.names).toEqual(['createDraft', 'attach', 'attach', 'sendDraft'])
    expect(attached).toEqual(['large.pdf', 'other.pdf'])
  })

  it.each([
    ['attach', refusal('graph.attachments.create', 413), 'message_too_large', true],
    ['attach', refusal('graph.uploadSessions.put', 0), 'provider_unavailable', true],
    ['sendDraft', refusal('graph.messages.send', 403, 'ErrorSendAsDenied'), 'send_as_denied', true],
    ['sendDraft', refusal('graph.messages.send', 0), 'send_outcome_unknown', false],
  ] as const)('a draft is deleted when %s fails with %s, unless it may be on its way', async (step, refused, code, deleted) => {
    const { world, calls } = graphWorld({
      createDraft: async () => ({ id: 'draft-1' }),
      attach: async () => {
        if (step === 'attach') throw refused
      },
      sendDraft: async () => {
        throw refused
      },
      deleteDraft: async () => {},
    })
    const connectionId = await world.connect()
    const attachments = [file('large.pdf', 20_000_000)]
    expect(await codeOf(world.sdk.sharedMailbox.send({ connectionId, message: { ...message, attachments } }))).toBe(code)
    expect(calls.names.includes('deleteDraft')).toBe(deleted)
  })

  it('whose text alone is too large is refused before anything is made', async () => {
    const { world, calls } = graphWorld({})
    const connectionId = await world.connect()
    const text = 'x'.repeat(maxGraphMimeBytes + 1)
    expect(await codeOf(world.sdk.sharedMailbox.send({ connectionId, message: { ...message, text } }))).toBe('message_too_large')
    expect(calls.names).toEqual([])
  })
})

interface MailParts {
  readonly smtp?: Partial<SmtpTransport>
  readonly imap?: Partial<ImapTransport>
  readonly relay?: RelayTransport
}

const mailWorld = ({ smtp, imap = {}, relay }: MailParts): MailboxWorld =>
  createMailboxWorld({
    mail: { composer, imap: unless(imap, 'imap'), ...(smtp && { smtp: unless(smtp, 'smtp') }), ...(relay && { relay }) },
  })

describe('a message by SMTP', () => {
  const settings = { send: 'smtp', receive: 'imap' } as const

  it('signs the delegate in, goes out as the mailbox to everybody, and a copy is kept', async () => {
    const sent: unknown[] = []
    const kept: string[] = []
    const world = mailWorld({
      smtp: { send: async ({ user }, { from, to }) => void sent.push({ user, from, to }) },
      imap: { keepSent: async ({ user }, { messageId }) => void kept.push(`${user} ${messageId}`) },
    })
    const connectionId = await world.connect(settings)
    const cc = ['Bob <bob@example.com>']
    const bcc = ['ANN@example.com', 'carol@example.com']
    const result = await world.sdk.sharedMailbox.send({ connectionId, message: { ...message, cc, bcc } })
    expect(sent).toEqual([{ user: 'dana@acme.test', from: mailbox, to: ['ANN@example.com', 'bob@example.com', 'carol@example.com'] }])
    expect(kept).toEqual([`${mailbox} ${result.messageId}`])
    expect(result).toMatchObject({ by: 'smtp', copied: true })
  })

  it('whose copy cannot be kept was sent all the same, and is not sent again when the copy is made up for', async () => {
    let sends = 0
    let full = true
    const world = mailWorld({
      smtp: { send: async () => void (sends += 1) },
      imap: {
        keepSent: async () => {
          if (full) throw refusal('imap.append', 400, 'overquota')
        },
      },
    })
    const connectionId = await world.connect(settings)
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await send()).toMatchObject({ copied: false })
    expect(world.logger.lines.filter(({ event }) => event === 'mail.copy_not_kept')).toHaveLength(1)
    full = false
    expect(await send()).toMatchObject({ copied: true })
    expect(sends).toBe(1)
  })

  it('whose last answer was lost is not sent again under the same key', async () => {
    let sends = 0
    const world = mailWorld({
      smtp: {
        send: async () => {
          sends += 1
          throw refusal('smtp.data', 0)
        },
      },
    })
    const connectionId = await world.connect(settings)
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe('send_outcome_unknown')
    world.clock.advance(60 * 60_000)
    expect(await codeOf(send())).toBe('send_outcome_unknown')
    expect(sends).toBe(1)
  })

  it.each([
    ['the server cannot be reached', refusal('smtp.connect', 0), 'provider_unavailable'],
    ['the server is busy', refusal('smtp.data', 503, '4.3.2'), 'throttled'],
    ['it may not send as the mailbox', refusal('smtp.data', 400, '5.7.60'), 'send_as_denied'],
    ['authenticated SMTP is off', refusal('smtp.auth', 400, '5.7.139'), 'smtp_auth_disabled'],
  ])('was not sent when %s, and may be tried again', async (_, refused, code) => {
    let sends = 0
    const world = mailWorld({
      smtp: {
        send: async () => {
          sends += 1
          if (sends === 1) throw refused
        },
      },
      imap: { keepSent: async () => {} },
    })
    const connectionId = await world.connect(settings)
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe(code)
    expect(await codeOf(send())).toBe('sent')
  })

  it('is tried with another token once where the sign-in is refused, and then says so', async () => {
    const tokens: string[] = []
    const world = mailWorld({
      smtp: {
        send: async ({ accessToken }) => {
          tokens.push(accessToken)
          throw refusal('smtp.auth', 400, '5.7.3')
        },
      },
    })
    const connectionId = await world.connect(settings)
    expect(await codeOf(world.sdk.sharedMailbox.send({ connectionId, message }))).toBe('smtp_auth_failed')
    expect(tokens).toEqual(['EXAMPLE_outlook', 'EXAMPLE_token_1'])
  })

  it('is refused when it is larger than the server says, and goes out when it is not', async () => {
    const world = mailWorld({
      smtp: { probe: async () => ({ maxBytes: 30_000_000 }), send: async () => {} },
      imap: { keepSent: async () => {} },
    })
    const connectionId = await world.connect(settings)
    const send = (bytes: number) =>
      world.sdk.sharedMailbox.send({ connectionId, message: { ...message, attachments: [file('a.pdf', bytes)] } })
    expect(await codeOf(send(20_000_000))).toBe('sent')
    expect(await codeOf(send(25_000_000))).toBe('message_too_large')
  })
})

describe('a message by the relay', () => {
  const settings = { send: 'relay', receive: 'imap' } as const

  it('that was lost is asked for again under the same name, which no other mailbox has', async () => {
    const asked: [RelayMessage, string][] = []
    const relay: RelayTransport = {
      name: 'LeadMail',
      send: async (relayed, { idempotencyKey }) => {
        asked.push([relayed, idempotencyKey])
        if (asked.length === 1) throw refusal('relay.send', 0)
      },
    }
    const world = mailWorld({ relay, imap: { keepSent: async () => {} } })
    const connectionId = await world.connect(settings)
    const send = () => world.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'ticket-1' })
    expect(await codeOf(send())).toBe('send_outcome_unknown')
    world.clock.advance(10 * 60_000)
    expect(await send()).toMatchObject({ by: 'relay', copied: true })
    expect(asked[1]).toEqual(asked[0])
    expect(asked[0]?.[1]).not.toContain('ticket-1')
  })
})

describe('a test message', () => {
  it('goes to whoever signed in', async () => {
    const to: string[] = []
    const world = mailWorld({ smtp: { send: async (_, input) => void to.push(...input.to) }, imap: { keepSent: async () => {} } })
    const connectionId = await world.connect({ send: 'smtp', receive: 'imap' })
    expect(await world.sdk.sharedMailbox.sendTest({ connectionId })).toMatchObject({ to: 'dana@acme.test', by: 'smtp' })
    expect(to).toEqual(['dana@acme.test'])
  })
})
