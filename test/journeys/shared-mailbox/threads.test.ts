import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { SharedMailboxSettings } from '@tenantry/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sentFolder } from '../../mail-servers/start-dovecot.ts'
import { connectMailbox, createOffice, delegate, healthOf, mailbox, received, wait } from './create-office.ts'
import type { Office } from './create-office.ts'
import { filesOf, headerOf, writeMail } from './mail-bytes.ts'
import { startMailRoom, whyNoMailRoom } from './start-mail-room.ts'
import type { MailRoom } from './start-mail-room.ts'

const customer = 'ann@customer.test'
const minute = 60_000

/** One way to send and receive, with the places where its mail lies. */
interface Place {
  readonly office: Office
  readonly settings: Pick<SharedMailboxSettings, 'send' | 'receive'>
  deliver(raw: Uint8Array): Promise<unknown>
  /** What the customer got, oldest first; a relay hands its own messages on, so that only its Sent Items show bytes. */
  arrived(): Promise<readonly Uint8Array[]>
  /** The mailbox's Sent Items, oldest first. */
  sent(): Promise<readonly Uint8Array[]>
}

async function byGraph(): Promise<Place> {
  const office = await createOffice()
  const { microsoft } = office.sandbox
  microsoft.createDirectory({ domain: 'customer.test' })
  microsoft.createUser({ address: customer })
  return {
    office,
    settings: { send: 'graph', receive: 'delta' },
    deliver: async (raw) => microsoft.deliverMail(mailbox, { eml: raw }),
    arrived: async () => microsoft.inbox(customer).map(({ raw }) => raw),
    sent: async () => microsoft.sentItems(mailbox).map(({ raw }) => raw),
  }
}

async function byMailServers(room: MailRoom, send: 'smtp' | 'relay'): Promise<Place> {
  const office = await room.openOffice()
  const bytes = async (address: string, folder?: string) => (await room.dovecot.read(address, folder)).map(({ raw }) => raw)
  const [arrivedBefore, sentBefore] = [(await bytes(customer)).length, (await bytes(mailbox, sentFolder)).length]
  const sent = async () => (await bytes(mailbox, sentFolder)).slice(sentBefore)
  return {
    office,
    settings: { send, receive: 'imap' },
    deliver: (raw) => room.dovecot.deliver(mailbox, raw),
    arrived: send === 'relay' ? sent : async () => (await bytes(customer)).slice(arrivedBefore),
    sent,
  }
}

async function eventually<T>(read: () => Promise<readonly T[]>, wanted: number): Promise<readonly T[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = await read()
    if (found.length >= wanted) return found
    await pause(50)
  }
  return read()
}

const digest = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex')

/** Ten messages, to and fro: each is answered by whoever got it, by what is written in the bytes that came. */
async function correspond(place: Place): Promise<void> {
  const { office, settings } = place
  const { connectionId, code } = await connectMailbox(office, { settings })
  expect(code).toBeNull()
  const ids: string[] = []
  for (let round = 0; round < 5; round += 1) {
    const id = `<customer-${settings.send}-${round}@customer.test>`
    const earlier = [...ids]
    const answers = earlier.at(-1)
    const subject = round === 0 ? 'Offer' : 'Re: Offer'
    await place.deliver(writeMail({ id, to: mailbox, subject, ...(answers && { inReplyTo: answers, references: earlier }) }))
    ids.push(id)
    await wait(office, minute)
    const got = received(office).at(-1)
    expect(got).toMatchObject({ messageId: id, references: earlier, inReplyTo: answers ?? null, fromSelf: false })
    const message = {
      to: [`Ann <${customer}>`],
      subject: 'Re: Offer',
      text: `Answer ${round}, mit Umlaut: ä.`,
      inReplyTo: id,
      references: [...(got?.references ?? []), id],
    }
    const answer = await office.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: `answer-${round}` })
    expect(answer).toMatchObject({ by: settings.send, copied: true })
    const arrived = (await eventually(place.arrived, round + 1)).at(-1)
    expect(headerOf(arrived ?? new Uint8Array(), 'References')).toBe([...ids].join(' '))
    expect(headerOf(arrived ?? new Uint8Array(), 'In-Reply-To')).toBe(id)
    const seen = headerOf(arrived ?? new Uint8Array(), 'Message-ID')
    expect(seen).toBe(answer.messageId)
    expect(headerOf(arrived ?? new Uint8Array(), 'From')).toContain(mailbox)
    expect(headerOf(arrived ?? new Uint8Array(), 'Bcc')).toBeNull()
    ids.push(seen ?? '')
  }
  expect(new Set(ids).size).toBe(10)
  expect(received(office)).toHaveLength(5)
  const copies = await place.sent()
  expect(copies.map((raw) => headerOf(raw, 'Message-ID'))).toEqual(ids.filter((_, at) => at % 2 === 1))
  expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
}

/** A file of 20 MB that nothing can pack. */
async function attach({ office, settings, arrived }: Place): Promise<void> {
  const { connectionId } = await connectMailbox(office, { settings })
  const content = new Uint8Array(20_000_000)
  for (let at = 0, value = 7; at < content.length; at += 1) content[at] = value = (value * 1_103_515_245 + 12_345) & 0xff
  const small = new TextEncoder().encode('small')
  const attachments = [
    { filename: 'plan.bin', contentType: 'application/octet-stream', content },
    { filename: 'note.txt', contentType: 'text/plain', content: small },
  ]
  const before = (await arrived()).length
  await office.sdk.sharedMailbox.send({ connectionId, message: { to: [customer], subject: 'Plan', text: 'The plan.', attachments } })
  const files = await filesOf((await eventually(arrived, before + 1)).at(-1) ?? new Uint8Array())
  expect(digest(files.get('plan.bin'))).toBe(digest(content))
  expect(digest(files.get('note.txt'))).toBe(digest(small))
}

describe('by Microsoft Graph', () => {
  it('ten messages stay one thread', async () => correspond(await byGraph()))
  it('a file of 20 MB arrives', async () => attach(await byGraph()))
})

const missing = whyNoMailRoom()

describe.skipIf(missing !== null)('on real mail servers', () => {
  let room: MailRoom
  beforeAll(async () => {
    room = await startMailRoom()
  })
  afterAll(() => room.close())

  it('by IMAP and SMTP ten messages stay one thread', async () => correspond(await byMailServers(room, 'smtp')))
  it('by IMAP and SMTP a file of 20 MB arrives', async () => attach(await byMailServers(room, 'smtp')))
  it('by IMAP and a relay ten messages stay one thread', async () => {
    await correspond(await byMailServers(room, 'relay'))
    const bodies = room.relayed.map(({ body }) => body)
    expect(bodies).toHaveLength(5)
    const { inReplyTo, references } = bodies.at(-1) ?? { references: [] }
    expect(references).toHaveLength(9)
    expect(references.at(-1)).toBe(inReplyTo)
    expect(references.filter((id) => id.includes('@acme.test'))).toEqual(bodies.slice(0, 4).map(({ messageId }) => messageId))
  })
  it('by IMAP and a relay a file of 20 MB arrives', async () => attach(await byMailServers(room, 'relay')))

  it('by Graph, what only SMTP takes goes out by it, and the thread goes on', async () => {
    const { office } = await byMailServers(room, 'smtp')
    const settings = { send: 'graph', receive: 'imap', oversize: 'smtp' } as const
    const { connectionId } = await connectMailbox(office, { settings })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    const before = (await room.dovecot.read(customer)).length
    const [first, answer] = ['<first@customer.test>', '<second@customer.test>']
    const html = `<p>${'Each word of it was needed. '.repeat(120_000)}</p>`
    const message = { to: [customer], subject: 'Re: Offer', html, inReplyTo: answer, references: [first, answer] }
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'smtp', copied: true })
    const arrived = await eventually(async () => (await room.dovecot.read(customer)).slice(before).map(({ raw }) => raw), 1)
    expect(arrived[0]?.byteLength).toBeGreaterThan(3_000_000)
    expect(headerOf(arrived[0] ?? new Uint8Array(), 'References')).toBe(`${first} ${answer}`)
    expect(headerOf(arrived[0] ?? new Uint8Array(), 'From')).toContain(mailbox)
    expect(office.sandbox.microsoft.sentItems(mailbox)).toEqual([])
  })

  it('a relay that loses its answer is asked again, and sends once', async () => {
    const { office, settings } = await byMailServers(room, 'relay')
    const { connectionId } = await connectMailbox(office, { settings })
    const before = room.relayed.length
    room.loseAnswer()
    const message = { to: [customer], subject: 'Once', text: 'Once.' }
    const send = () => office.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'once' })
    await expect(send()).rejects.toMatchObject({ code: 'send_outcome_unknown' })
    await wait(office, 10 * minute)
    expect(await send()).toMatchObject({ by: 'relay', copied: true })
    expect(room.relayed.length).toBe(before + 1)
  })

  it('mail is told as it comes, without a look in between', async () => {
    const { office, settings, deliver } = await byMailServers(room, 'smtp')
    await office.sdk.start()
    try {
      await connectMailbox(office, { settings })
      // Until somebody listens.
      await pause(1_500)
      await deliver(writeMail({ id: '<idle@customer.test>', to: mailbox, subject: 'idle' }))
      const told = async () => {
        await office.settle()
        return received(office)
      }
      expect((await eventually(told, 1)).map(({ subject }) => subject)).toEqual(['idle'])
    } finally {
      await office.sdk.stop()
    }
  })

  it('a folder that is numbered anew loses no mail and repeats none', async () => {
    const address = 'numbers@acme.test'
    const deliver = (name: string) =>
      room.dovecot.deliver(address, writeMail({ id: `<${name}@customer.test>`, to: address, subject: name }))
    await deliver('earlier')
    await pause(1_100)
    // The server dates mail by its own clock.
    const office = await room.openOffice({ now: Date.now() })
    office.sandbox.microsoft.createSharedMailbox({ address, members: [delegate] })
    await connectMailbox(office, { settings: { mailbox: address, send: 'smtp', receive: 'imap' } })
    await pause(1_100)
    await deliver('before')
    await wait(office, minute)
    room.dovecot.renumber(address)
    await deliver('after')
    await wait(office, minute)
    await wait(office, minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['before', 'after'])
    expect(office.events.filter(({ type }) => type === 'connection.gap_recovered')).toHaveLength(1)
  })
})
