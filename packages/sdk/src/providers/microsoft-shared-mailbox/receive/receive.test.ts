import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProviderRefusal } from '../../../errors/index.ts'
import type { GraphGateway, ImapTransport, SmtpTransport } from '../../../ports/index.ts'
import { createMailboxWorld, mailbox, unless } from '../../../testing/create-mailbox-world.ts'
import type { MailboxWorld } from '../../../testing/create-mailbox-world.ts'

const minute = 60_000
const imapChoice = { send: 'smtp', receive: 'imap' } as const

interface Mail {
  readonly uid: number
  readonly id: string
  readonly at: number
  readonly raw: Uint8Array
}

/** An inbox that IMAP and Graph look into. */
class Inbox {
  uidValidity = 7
  mails: Mail[] = []
  /** Links of an earlier age are too old. */
  age = 0
  /** Subjects that cannot be read now, and those of which Graph says that they are not there. */
  readonly refused = new Set<string>()
  isLockedOut = false
  #nextUid = 1
  #count = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  deliver(): string {
    this.#count += 1
    const subject = `M${this.#count}`
    const raw = new TextEncoder().encode(
      `Message-ID: <${subject}@example.com>\r\nFrom: ann@example.com\r\nSubject: ${subject}\r\n\r\n${subject}\r\n`,
    )
    this.mails.push({ uid: this.#nextUid, id: `immutable-${this.#count}`, at: this.#now(), raw })
    this.#nextUid += 1
    return subject
  }

  /** As after a restore: the same mails under other numbers. */
  renumber(first = 1): void {
    this.uidValidity += 1
    this.mails = this.mails.map((mail, at) => ({ ...mail, uid: first + at }))
    this.#nextUid = first + this.mails.length
  }

  #read(mail: Mail | undefined): Uint8Array | null {
    if (mail === undefined) return null
    const subject = new TextDecoder().decode(mail.raw).trim().split(/\s/).at(-1) ?? ''
    if (this.refused.has(subject)) throw new ProviderRefusal({ vendor: 'microsoft', operation: 'imap.fetch', httpStatus: 503 })
    return mail.raw
  }

  imap(): ImapTransport {
    const place = () => ({ uidValidity: this.uidValidity, uidNext: this.#nextUid })
    return unless<ImapTransport>(
      {
        examine: async ({ user }) => {
          if (user !== mailbox) throw new Error(`IMAP opens ${user}`)
          return place()
        },
        list: async (_, { fromUid, limit, since = 0 }) => ({
          ...place(),
          messages: this.mails
            .filter(({ uid, at }) => uid >= fromUid && at >= since)
            .slice(0, limit)
            .map(({ uid, at, raw }) => ({ uid, receivedAt: at, size: raw.byteLength })),
        }),
        fetch: async (_, { uidValidity, uid }) =>
          uidValidity === this.uidValidity ? this.#read(this.mails.find((mail) => mail.uid === uid)) : null,
      },
      'imap',
    )
  }

  /** Two mails to a page, so that runs have several. */
  graph(): Partial<GraphGateway> {
    const link = (kind: string, from: number) => `https://graph.global.test/v1.0/${kind}?from=${from}&age=${this.age}`
    return {
      getInbox: async () => {
        if (!this.isLockedOut) return { id: 'inbox' }
        const reason = 'ErrorAccessDenied'
        throw new ProviderRefusal({ vendor: 'microsoft', operation: 'graph.folders.get', httpStatus: 403, reason })
      },
      listDelta: async (_, { link: given }) => {
        const from = given === null ? 0 : Number(/from=(\d+)/.exec(given)?.[1])
        if (given !== null && !given.endsWith(`age=${this.age}`))
          throw new ProviderRefusal({
            vendor: 'microsoft',
            operation: 'graph.messages.delta',
            httpStatus: 410,
            reason: 'SyncStateNotFound',
          })
        const page = this.mails.slice(from, from + 2)
        const next = from + page.length
        const messages = page.map(({ id, at }) => ({ id, receivedAt: at, messageId: null, conversationId: `thread-${id}` }))
        return {
          messages,
          next: next < this.mails.length ? { pageLink: link('page', next) } : { deltaLink: link('delta', next) },
        }
      },
      getMime: async (_, { id }) => (this.isLockedOut ? null : this.#read(this.mails.find((mail) => mail.id === id))),
    }
  }
}

interface Setting {
  readonly world: MailboxWorld
  readonly inbox: Inbox
}

function open(): Setting {
  const inbox: Inbox = new Inbox(() => world.clock.now())
  const smtp = { probe: async () => ({ maxBytes: null }) }
  const world: MailboxWorld = createMailboxWorld({
    graph: inbox.graph(),
    mail: { imap: inbox.imap(), smtp: unless<SmtpTransport>(smtp, 'smtp') },
  })
  return { world, inbox }
}

const told = ({ world }: Setting): string[] =>
  world.events.flatMap((event) => (event.type === 'message.received' ? [event.message.subject] : []))

async function look({ world }: Setting): Promise<void> {
  world.clock.advance(2 * minute)
  await world.settle()
}

describe.each([
  ['delta', { send: 'graph', receive: 'delta' } as const],
  ['imap', imapChoice],
])('mail that is received by %s', (kind, choice) => {
  it('is told once, in order, from the connection on', async () => {
    const setting = open()
    setting.inbox.deliver()
    setting.world.clock.advance(minute)
    await setting.world.connect(choice)
    await setting.world.settle()
    expect(told(setting)).toEqual([])
    for (let count = 0; count < 5; count += 1) setting.inbox.deliver()
    await look(setting)
    await look(setting)
    expect(told(setting)).toEqual(['M2', 'M3', 'M4', 'M5', 'M6'])
    const [event] = setting.world.events.filter(({ type }) => type === 'message.received')
    expect(event).toMatchObject({ origin: 'live', message: { mailbox, messageId: '<M2@example.com>', labelIds: [] } })
    expect(event).toMatchObject({ message: { providerThreadId: kind === 'imap' ? '' : 'thread-immutable-2' } })
  })

  it('is polled, which is healthy', async () => {
    const setting = open()
    const connectionId = await setting.world.connect(choice)
    await look(setting)
    const summary = await setting.world.sdk.sharedMailbox.get({ principal: { tenantId: 'acme', userId: 'dana' }, connectionId })
    const deliveryReason = kind === 'imap' ? null : 'shared_mailbox_polled'
    expect(summary.health).toMatchObject({ status: 'connected', delivery: 'polling', deliveryReason })
  })

  it('arrives once, whatever the feed loses on the way', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.constant('deliver' as const) },
      { weight: 3, arbitrary: fc.constant('look' as const) },
      { weight: 1, arbitrary: fc.constant('lose' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const setting = open()
        await setting.world.connect(choice)
        await setting.world.settle()
        const delivered: string[] = []
        for (const name of steps) {
          if (name === 'deliver') delivered.push(setting.inbox.deliver())
          else if (name === 'look') await look(setting)
          else if (kind === 'imap') setting.inbox.renumber()
          else setting.inbox.age += 1
        }
        await look(setting)
        await look(setting)
        expect(told(setting).toSorted()).toEqual(delivered.toSorted())
      }),
      { numRuns: 40 },
    )
  })
})

describe('a message that waits for another try', () => {
  it('is told once when the folder is numbered anew meanwhile, also beside others of the same moment', async () => {
    const setting = open()
    const { world, inbox } = setting
    await world.connect(imapChoice)
    await world.settle()
    for (let count = 0; count < 4; count += 1) inbox.deliver()
    inbox.refused.add('M2').add('M3')
    await look(setting)
    expect(told(setting)).toEqual(['M1', 'M4'])
    // Long enough that a search for what is new does not reach back.
    for (let count = 0; count < 3; count += 1) {
      world.clock.advance(6 * minute)
      await world.settle()
    }
    inbox.deliver()
    inbox.renumber(300)
    inbox.refused.clear()
    for (let count = 0; count < 6; count += 1) {
      world.clock.advance(10 * minute)
      await world.settle()
    }
    expect(told(setting).toSorted()).toEqual(['M1', 'M2', 'M3', 'M4', 'M5'])
    expect(world.events.filter(({ type }) => type === 'connection.item_skipped')).toEqual([])
  })

  it('is not given up while Graph says of everything that it is not there, as it does without access', async () => {
    const setting = open()
    const { world, inbox } = setting
    await world.connect({ send: 'graph', receive: 'delta' })
    await world.settle()
    inbox.deliver()
    inbox.isLockedOut = true
    await look(setting)
    expect(told(setting)).toEqual([])
    inbox.isLockedOut = false
    for (let count = 0; count < 3; count += 1) await look(setting)
    expect(told(setting)).toEqual(['M1'])
  })
})

describe('the way to receive', () => {
  it('can change without a message being lost or told twice', async () => {
    const setting = open()
    const { world, inbox } = setting
    const connectionId = await world.connect({ send: 'graph', receive: 'imap' })
    await world.settle()
    inbox.deliver()
    await look(setting)
    inbox.deliver()
    const principal = { tenantId: 'acme', userId: 'dana' }
    await world.sdk.sharedMailbox.update({ principal, connectionId, changes: { settings: { receive: 'delta' } } })
    inbox.deliver()
    await look(setting)
    await look(setting)
    expect(told(setting)).toEqual(['M1', 'M2', 'M3'])
  })
})
