import type { MessageReceived } from '@tenantry/sdk'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepAnswer } from '../../examples/helpdesk/src/server/database/keep-answer.ts'
import { keepMail } from '../../examples/helpdesk/src/server/database/keep-mail.ts'
import { listTickets } from '../../examples/helpdesk/src/server/database/list-tickets.ts'
import { readTicket } from '../../examples/helpdesk/src/server/database/read-ticket.ts'
import { createTables } from '../../examples/helpdesk/src/server/database/tables.ts'
import type { HelpdeskTables } from '../../examples/helpdesk/src/server/database/tables.ts'
import { planAnswer } from '../../examples/helpdesk/src/server/tickets/plan-answer.ts'

const mailbox = 'support@acme.test'
const store = createPostgresStore({ dataDir: 'memory://' })
const database = store.database.withTables<HelpdeskTables>()

beforeAll(() => createTables(database), 60_000)
beforeEach(() => database.deleteFrom('helpdesk_messages').execute())
afterAll(() => store.close())

describe('the tickets of the helpdesk', () => {
  it('puts a mail into the ticket that it refers to, by any of its references', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    await receive({ id: 'e2', messageId: '<2@c.test>', inReplyTo: '<1@c.test>' })
    await receive({ id: 'e3', messageId: '<3@c.test>', references: ['<1@c.test>', '<unknown@x.test>'] })
    await receive({ id: 'e4', messageId: '<4@c.test>', references: ['<unknown@x.test>'], subject: 'Offer' })
    expect(await tell('acme')).toEqual(['e4 Offer: e4', 'e1 Offer: e1 e2 e3'])
  })

  it('takes an answer of its own for what a reply refers to, and keeps it once', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    await answer('key', '<own@acme.test>')
    await answer('key', '<own@acme.test>')
    await receive({ id: 'e2', messageId: '<2@c.test>', references: ['<own@acme.test>'] })
    expect(await tell('acme')).toEqual(['e1 Offer: e1 key e2'])
  })

  it('shows an answer before the reply to it, though the server of the mailbox rounded its time down', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    await answer('key', '<own@acme.test>')
    await receive({ id: 'e2', inReplyTo: '<own@acme.test>', occurredAt: '2026-03-04T08:00:00.000Z' })
    expect(await tell('acme')).toEqual(['e1 Offer: e1 key e2'])
    expect((await readTicket(database, 'acme', 'e1')).map(({ id }) => id)).toEqual(['e1', 'key', 'e2'])
  })

  it('keeps an event that is told twice once', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    expect(await tell('acme')).toEqual(['e1 Offer: e1'])
  })

  it('lets no reference reach into another mailbox or another tenant', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Secret' })
    await receive({ id: 'e2', inReplyTo: '<1@c.test>', mailbox: 'sales@acme.test', subject: 'Curious' })
    await receive({ id: 'e3', inReplyTo: '<1@c.test>', tenantId: 'globex', subject: 'Nosy' })
    expect(await tell('acme')).toEqual(['e2 Curious: e2', 'e1 Secret: e1'])
    expect(await tell('globex')).toEqual(['e3 Nosy: e3'])
    expect(await readTicket(database, 'globex', 'e1')).toEqual([])
  })
})

describe('an answer to a ticket', () => {
  it('goes to whoever wrote last, where they want it, and carries the thread', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'Offer' })
    await answer('key', '<own@acme.test>')
    await receive({ id: 'e2', messageId: '<2@c.test>', inReplyTo: '<own@acme.test>', replyTo: 'desk@c.test' })
    expect(planAnswer(await readTicket(database, 'acme', 'e1'), 'Yes.')).toEqual({
      to: ['desk@c.test'],
      subject: 'Re: Offer',
      text: 'Yes.',
      inReplyTo: '<2@c.test>',
      references: ['<1@c.test>', '<own@acme.test>', '<2@c.test>'],
    })
  })

  it('writes no second "Re:", and no line break that a sender put into the subject', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>', subject: 'RE: Offer\r\nBcc: all@c.test' })
    expect(planAnswer(await readTicket(database, 'acme', 'e1'), 'Yes.').subject).toBe('RE: Offer Bcc: all@c.test')
  })

  it('leaves out the ids that no server would write, and says of none that it is answered', async () => {
    await receive({ id: 'e1', messageId: '<1@c.test>\r\nBcc: <all@c.test>' })
    const planned = planAnswer(await readTicket(database, 'acme', 'e1'), 'Yes.')
    expect([planned.inReplyTo, planned.references]).toEqual([undefined, undefined])
  })

  it('keeps the beginning and the end of a long thread', async () => {
    const [opening] = await manyMails(80)
    const references = planAnswer(await readTicket(database, 'acme', 'e0'), 'Yes.').references ?? []
    expect([references.length, references[0], references.at(-1)]).toEqual([51, opening, '<79@c.test>'])
  })
})

interface Mail {
  readonly id: string
  readonly messageId?: string
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  readonly replyTo?: string
  readonly subject?: string
  readonly mailbox?: string
  readonly tenantId?: string
  readonly occurredAt?: string
}

let minute = 0

async function receive({ id, tenantId = 'acme', occurredAt = nextMinute().toISOString(), replyTo, ...mail }: Mail): Promise<void> {
  const event = {
    id,
    type: 'message.received',
    tenantId,
    connectionId: 'c1',
    occurredAt,
    message: {
      mailbox,
      messageId: null,
      inReplyTo: null,
      references: [],
      subject: '',
      text: 'Hello',
      from: { name: 'Kim', address: 'kim@c.test' },
      replyTo: replyTo === undefined ? [] : [{ name: '', address: replyTo }],
      ...mail,
    },
  }
  await database.transaction().execute((transaction) => keepMail(transaction, event as unknown as MessageReceived))
}

async function answer(id: string, messageId: string): Promise<void> {
  const words = { subject: 'Re: Offer', text: 'Here it is.', message_id: messageId }
  const place = { tenant_id: 'acme', ticket_id: 'e1', mailbox }
  await keepAnswer(database, { ...place, ...words, id, author_name: 'Dana', sent_at: nextMinute() })
}

async function manyMails(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => `<${at}@c.test>`)
  for (const [at, messageId] of ids.entries()) await receive({ id: `e${at}`, messageId, references: ids.slice(0, at) })
  return ids
}

async function tell(tenantId: string): Promise<string[]> {
  const tickets = await listTickets(database, tenantId)
  return tickets.map(({ id, subject, messages }) => `${id} ${subject}: ${messages.map((message) => message.id).join(' ')}`)
}

const nextMinute = (): Date => new Date(Date.UTC(2026, 2, 4, 8, minute++))
