import { complete } from '@tenantry/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectMailbox,
  consentAt,
  countOf,
  createOffice,
  delegate,
  healthOf,
  mailbox,
  principal,
  received,
  wait,
} from './create-office.ts'
import type { Office } from './create-office.ts'
import { writeMail } from './mail-bytes.ts'
import { startMailRoom, whyNoMailRoom } from './start-mail-room.ts'
import type { MailRoom } from './start-mail-room.ts'

const minute = 60_000
const message = { to: ['ann@customer.test'], subject: 'Offer', text: 'Yes.' }

const choose = async (office: Office, connectionId: string, settings: Record<string, string>) => {
  await office.sdk.sharedMailbox.update({ principal, connectionId, changes: { settings } })
  await wait(office, 1)
}

/** Signs in for other choices, which hold from then on. */
async function switchTo(office: Office, connectionId: string, settings: Record<string, string>): Promise<string | null> {
  await expect(choose(office, connectionId, settings)).rejects.toMatchObject({ code: 'switch_needs_sign_in' })
  const begun = await office.sdk.sharedMailbox.reconnect({ principal, connectionId, settings })
  const { code } = await complete(office, begun, consentAt(office, begun.authorizationUrl, delegate))
  await office.settle()
  return code
}

describe('a sign-in', () => {
  it('asks for the permissions of the choice and no more, in one round', async () => {
    const office = await createOffice()
    const begun = await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox } })
    const url = new URL(begun.authorizationUrl)
    expect(url.searchParams.get('scope')?.split(' ').toSorted()).toEqual([
      'email',
      'https://graph.microsoft.com/Mail.ReadWrite.Shared',
      'https://graph.microsoft.com/Mail.Send.Shared',
      'https://graph.microsoft.com/User.Read',
      'offline_access',
      'openid',
      'profile',
    ])
    expect(url.searchParams.get('login_hint')).toBeNull()
  })

  it('of the app goes through an administrator and asks no person', async () => {
    const office = await createOffice()
    const { connectionId, code } = await connectMailbox(office, { settings: { send: 'graph', receive: 'webhook' } })
    expect(code).toBeNull()
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    await wait(office, 2 * 60 * minute)
    office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@customer.test', subject: 'after two hours', text: 'Hello.' })
    await wait(office, 1)
    expect(received(office).map(({ subject }) => subject)).toEqual(['after two hours'])
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'graph' })
  })

  it('of a person can give way to the app’s, and back, without a message being lost', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const told = () => received(office).map(({ subject }) => subject)
    const deliver = (subject: string) =>
      office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@customer.test', subject, text: 'Hello.' })
    deliver('a')
    expect(await switchTo(office, connectionId, { receive: 'webhook' })).toBeNull()
    deliver('b')
    await wait(office, 1)
    expect(told()).toEqual(['a', 'b'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    deliver('c')
    expect(await switchTo(office, connectionId, { receive: 'delta' })).toBeNull()
    await wait(office, minute)
    // The app's subscription is out of a person's reach; what it still announces is taken and changes nothing until it ends.
    deliver('d')
    await wait(office, minute)
    await wait(office, 4 * 24 * 60 * minute)
    expect(told()).toEqual(['a', 'b', 'c', 'd'])
    expect(office.sandbox.microsoft.subscriptions().filter(({ expiresAt }) => expiresAt > office.sandbox.clock.now())).toEqual([])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', delivery: 'polling' })
  })

  it('of another delegate takes over when the first has gone', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const other = 'kim@acme.test'
    office.sandbox.microsoft.createUser({ address: other })
    office.sandbox.microsoft.grantAccess({ mailbox, to: other, fullAccess: true, sendAs: true })
    office.sandbox.microsoft.disableUser(delegate)
    office.sandbox.microsoft.expireAccessTokens(delegate)
    const begun = await office.sdk.sharedMailbox.reconnect({ principal, connectionId })
    const { code } = await complete(office, begun, consentAt(office, begun.authorizationUrl, other))
    expect(code).toBeNull()
    office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@customer.test', subject: 'hello', text: 'Hello.' })
    await wait(office, minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['hello'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('for a mailbox that is connected already is refused', async () => {
    const office = await createOffice()
    await connectMailbox(office)
    const again = office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Twin', mailbox: mailbox.toUpperCase() } })
    await expect(again).rejects.toMatchObject({ code: 'connection_exists' })
  })
})

describe('a refused send', () => {
  it('by Graph says who needs which right, and works once it is given', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate, sendAs: true })
    const send = () => office.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'offer-1' })
    await expect(send()).rejects.toMatchObject({ code: 'send_as_denied', values: { account: delegate, mailbox } })
    office.sandbox.microsoft.grantAccess({ mailbox, to: delegate, sendAs: true })
    expect(await send()).toMatchObject({ by: 'graph' })
    expect(office.sandbox.microsoft.sentItems(mailbox)).toHaveLength(1)
  })

  it('by Graph that loses its answer is looked up, and goes out once', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    office.sandbox.faults.add({ operation: 'graph.sendMail', kind: 'lose-response', times: 1 })
    const send = () => office.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'offer-1' })
    await expect(send()).rejects.toMatchObject({ code: 'send_outcome_unknown' })
    await wait(office, 10 * minute)
    expect(await send()).toMatchObject({ by: 'graph' })
    expect(office.sandbox.microsoft.sentItems(mailbox)).toHaveLength(1)
  })
})

describe('the checks', () => {
  it('open the mailbox, and say that sending has to be tried', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const checksOf = async () => {
      const { checks } = await office.sdk.sharedMailbox.diagnose({ principal, connectionId, checks: ['mailbox', 'sending'] })
      return checks.map(({ id, status, code }) => [id, status, code])
    }
    expect(await checksOf()).toEqual([
      ['mailbox', 'pass', null],
      ['sending', 'warn', 'sending_unproven'],
    ])
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    expect(await checksOf()).toEqual([
      ['mailbox', 'fail', 'mailbox_access_denied'],
      ['sending', 'skip', null],
    ])
  })
})

const missing = whyNoMailRoom()

describe.skipIf(missing !== null)('on real mail servers', () => {
  let room: MailRoom
  beforeAll(async () => {
    room = await startMailRoom()
  })
  afterAll(() => room.close())

  const settings = { send: 'smtp', receive: 'imap' } as const

  it('authenticated SMTP that is off is told, mail still comes, and Graph is a way out', async () => {
    const office = await room.openOffice()
    office.sandbox.microsoft.setSmtpAuth(delegate, false)
    const { connectionId, code } = await connectMailbox(office, { settings })
    expect(code).toBeNull()
    const { status, reason } = await healthOf(office, connectionId)
    expect({ status, reason }).toEqual({ status: 'degraded', reason: expect.stringMatching(/^smtp_auth_(?:disabled|failed)$/) })
    await room.dovecot.deliver(mailbox, writeMail({ id: '<still@customer.test>', to: mailbox, subject: 'still' }))
    await wait(office, minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['still'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'degraded' })
    expect([countOf(office, 'connection.error'), countOf(office, 'connection.degraded')]).toEqual([0, 1])
    expect(await switchTo(office, connectionId, { send: 'graph' })).toBeNull()
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'graph' })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('SMTP that stands in for Graph takes a sign-in, is told when it is off, and is given up without one', async () => {
    const office = await room.openOffice()
    const { connectionId } = await connectMailbox(office, { settings: { send: 'graph', receive: 'delta' } })
    office.sandbox.microsoft.setSmtpAuth(delegate, false)
    expect(await switchTo(office, connectionId, { oversize: 'smtp' })).toBeNull()
    expect(await healthOf(office, connectionId)).toMatchObject({
      status: 'degraded',
      reason: expect.stringMatching(/^smtp_auth_(?:disabled|failed)$/),
    })
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'graph' })
    await choose(office, connectionId, { oversize: 'refuse' })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    await expect(choose(office, connectionId, { oversize: 'smtp', receive: 'webhook' })).rejects.toMatchObject({
      code: 'oversize_needs_graph',
    })
  })

  it('Send As that is missing is told by SMTP, and the same key sends once it is given', async () => {
    const office = await room.openOffice()
    const { connectionId } = await connectMailbox(office, { settings })
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate, sendAs: true })
    const send = () => office.sdk.sharedMailbox.send({ connectionId, message, idempotencyKey: 'offer-1' })
    await expect(send()).rejects.toMatchObject({ code: expect.stringMatching(/^(?:send_as_denied|message_refused)$/) })
    office.sandbox.microsoft.grantAccess({ mailbox, to: delegate, sendAs: true })
    expect(await send()).toMatchObject({ by: 'smtp', copied: true })
  })

  it('Full Access that is missing is told by IMAP', async () => {
    const office = await room.openOffice()
    office.sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
    const { connectionId } = await connectMailbox(office, { settings })
    expect((await healthOf(office, connectionId)).reason).toMatch(/^imap_(?:no_mailbox_access|auth_failed)$/)
  })

  it('a choice with other permissions asks for a sign-in, and loses no mail meanwhile', async () => {
    const office = await room.openOffice()
    const { connectionId } = await connectMailbox(office, { settings: { send: 'relay', receive: 'imap' } })
    await wait(office, minute)
    office.sandbox.microsoft.deliverMail(mailbox, { from: 'ann@customer.test', subject: 'meanwhile', text: 'Hello.' })
    expect(await switchTo(office, connectionId, { send: 'graph', receive: 'delta' })).toBeNull()
    await wait(office, minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['meanwhile'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
  })

  it('a choice with the same permissions, or fewer, asks for none', async () => {
    const office = await room.openOffice()
    const { connectionId } = await connectMailbox(office, { settings })
    await choose(office, connectionId, { send: 'relay' })
    await wait(office, minute)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'relay' })
  })
})
