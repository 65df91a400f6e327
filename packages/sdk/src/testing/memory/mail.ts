import { ProviderRefusal } from '../../errors/index.ts'
import type {
  ImapTransport,
  MailCall,
  MailComposer,
  MailTransports,
  RelayMessage,
  RelayTransport,
  SmtpTransport,
} from '../../ports/index.ts'

/** The part of a Microsoft world that mail servers stand on. */
export interface MailServerWorld {
  checkMailSignIn(input: { protocol: 'imap' | 'smtp'; user: string; token: string }): {
    active: boolean
    /** Whose token it is. */
    user: string | null
    mailboxAllowed: boolean
    mayAuthenticateSmtp: boolean
    /** Why not, as Exchange words it. */
    reason: string | null
  }
  maySendAs(input: { user: string; from: string }): boolean
  acceptMail(input: { user: string; from: string; to: string[]; raw: Uint8Array }): void
  /** Oldest first. */
  inbox(address: string): readonly { readonly id: string; readonly receivedAt: number; readonly raw: Uint8Array }[]
}

export interface MemoryMail extends MailTransports {
  readonly imap: ImapTransport
  readonly smtp: SmtpTransport
  readonly relay: RelayTransport
  /** What the relay was given, oldest first; the same key once. */
  readonly relayed: readonly RelayMessage[]
  /** Copies in Sent Items that were put there by IMAP, by mailbox. */
  readonly kept: ReadonlyMap<string, readonly { readonly messageId: string; readonly raw: Uint8Array }[]>
}

/** Mail servers without a network, over a Microsoft world: they refuse as Exchange does, and keep what they are given. */
export function createMemoryMail(world: MailServerWorld, { relayName = 'LeadMail' }: { readonly relayName?: string } = {}): MemoryMail {
  const relayed = new Map<string, RelayMessage>()
  const kept = new Map<string, { messageId: string; raw: Uint8Array }[]>()
  return {
    composer: memoryComposer,
    imap: createImap(world, kept),
    smtp: createSmtp(world),
    relay: {
      name: relayName,
      async send(message, { idempotencyKey }) {
        if (!relayed.has(idempotencyKey)) relayed.set(idempotencyKey, message)
      },
    },
    get relayed() {
      return [...relayed.values()]
    },
    kept,
  }
}

const uidValidity = 1

function createImap(world: MailServerWorld, kept: Map<string, { messageId: string; raw: Uint8Array }[]>): ImapTransport {
  const uids = new Map<string, Map<string, number>>()
  const open = (operation: string, { user, accessToken }: MailCall) => {
    const answer = world.checkMailSignIn({ protocol: 'imap', user, token: accessToken })
    if (!answer.active || !answer.mailboxAllowed)
      throw refuse(operation, answer.reason ?? (answer.active ? 'not_connected' : 'auth_failed'))
    const numbers = uids.get(user) ?? new Map<string, number>()
    uids.set(user, numbers)
    const messages = world.inbox(user).map((message) => {
      const uid = numbers.get(message.id) ?? numbers.size + 1
      numbers.set(message.id, uid)
      return { ...message, uid }
    })
    return { place: { uidValidity, uidNext: numbers.size + 1 }, messages }
  }
  return {
    examine: async (call) => open('imap.examine', call).place,
    async list(call, { fromUid, limit, since = 0 }) {
      const { place, messages } = open('imap.list', call)
      const found = messages.filter(({ uid, receivedAt }) => uid >= fromUid && receivedAt >= since).slice(0, limit)
      return { ...place, messages: found.map(({ uid, receivedAt, raw }) => ({ uid, receivedAt, size: raw.length })) }
    },
    async fetch(call, wanted) {
      const { messages } = open('imap.fetch', call)
      if (wanted.uidValidity !== uidValidity) return null
      return messages.find(({ uid }) => uid === wanted.uid)?.raw ?? null
    },
    watch: (call, { signal }) => {
      open('imap.watch', call)
      return new Promise((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
    },
    async keepSent(call, copy) {
      open('imap.keepSent', call)
      const there = kept.get(call.user) ?? []
      if (!there.some(({ messageId }) => messageId === copy.messageId)) kept.set(call.user, [...there, copy])
    },
  }
}

function createSmtp(world: MailServerWorld): SmtpTransport {
  const open = (operation: string, { user, accessToken }: MailCall, from: string) => {
    const answer = world.checkMailSignIn({ protocol: 'smtp', user, token: accessToken })
    if (!answer.active || answer.user === null) throw refuse(operation, answer.reason ?? '5.7.3')
    if (!answer.mayAuthenticateSmtp) throw refuse(operation, answer.reason ?? '5.7.139')
    if (!world.maySendAs({ user: answer.user, from })) throw refuse(operation, '5.7.60')
    return answer.user
  }
  return {
    async probe(call, { from }) {
      open('smtp.probe', call, from)
      return { maxBytes: 157_286_400 }
    },
    async send(call, { from, to, raw }) {
      world.acceptMail({ user: open('smtp.data', call, from), from, to: [...to], raw })
    },
  }
}

const refuse = (operation: string, reason: string): ProviderRefusal =>
  new ProviderRefusal({ vendor: 'microsoft', operation, httpStatus: 400, reason })

/** One text part, in base64 so that no line is too long; what a test sends has no attachments. */
const memoryComposer: MailComposer = {
  async compose({ from, to, cc = [], subject, text = '', messageId, inReplyTo, references = [] }, { date }) {
    const headers = [
      ['From', from],
      ['To', to.join(', ')],
      ...(cc.length > 0 ? [['Cc', cc.join(', ')]] : []),
      ['Subject', `=?utf-8?B?${toBase64(subject)}?=`],
      ['Date', new Date(date).toUTCString().replace('GMT', '+0000')],
      ['Message-ID', messageId],
      ...(inReplyTo === undefined ? [] : [['In-Reply-To', inReplyTo]]),
      ...(references.length > 0 ? [['References', references.join(' ')]] : []),
      ['MIME-Version', '1.0'],
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Transfer-Encoding', 'base64'],
    ].map(([name, value]) => `${name}: ${value}`)
    const body = toBase64(text).match(/.{1,76}/g) ?? []
    return new TextEncoder().encode([...headers, '', ...body, ''].join('\r\n'))
  },
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
