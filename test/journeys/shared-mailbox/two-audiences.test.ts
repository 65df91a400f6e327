import { graphFault } from '@tenantry/sandbox'
import { complete } from '@tenantry/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callsTo,
  connectMailbox,
  consentAt,
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
const settings = { send: 'graph', receive: 'imap' } as const

/** As `connectMailbox`, and nothing that is due is done: what is told now was found out by the sign-in. */
async function signInOnly(office: Office): Promise<string> {
  const begun = await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox, ...settings } })
  const { code } = await complete(office, begun, consentAt(office, begun.authorizationUrl, delegate))
  expect(code).toBeNull()
  return begun.connectionId
}

const tokens = (office: Office) => callsTo(office, 'entra.token').map(({ body }) => new URLSearchParams(body).get('grant_type'))

it('a sign-in for one audience asks for one token', async () => {
  const office = await createOffice()
  const { connectionId } = await connectMailbox(office)
  expect(tokens(office)).toEqual(['authorization_code'])
  expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected' })
})

const missing = whyNoMailRoom()

describe.skipIf(missing !== null)('a sign-in for Graph and for Outlook, on real mail servers', () => {
  let room: MailRoom
  beforeAll(async () => {
    room = await startMailRoom()
  })
  afterAll(() => room.close())

  it('opens the mailbox both ways, with one token request for each', async () => {
    const office = await room.openOffice()
    const connectionId = await signInOnly(office)
    expect(tokens(office)).toEqual(['authorization_code', 'refresh_token'])
    expect(callsTo(office, 'graph.folders.get')).toHaveLength(1)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    await office.settle()
    await wait(office, 10 * minute)
    expect(tokens(office)).toHaveLength(2)
    await office.sdk.sharedMailbox.send({ connectionId, message: { to: ['ann@customer.test'], subject: 'Offer', text: 'Yes.' } })
    expect(tokens(office)).toHaveLength(2)
  })

  it('tells at once that Graph does not open it, and mail comes by IMAP all the same', async () => {
    const office = await room.openOffice()
    const fault = office.sandbox.faults.add(graphFault(/^graph\./, 403, 'ErrorAccessDenied'))
    const connectionId = await signInOnly(office)
    const values = { account: delegate, mailbox }
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'degraded', reason: 'mailbox_access_denied', values })
    await room.dovecot.deliver(mailbox, writeMail({ id: '<all-the-same@customer.test>', to: mailbox, subject: 'all the same' }))
    await office.settle()
    await wait(office, minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['all the same'])
    expect(await healthOf(office, connectionId)).toMatchObject({ reason: 'mailbox_access_denied', values })
    fault.remove()
    for (let round = 0; round < 4; round += 1) await wait(office, 10 * minute)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('tells at once that IMAP does not open it', async () => {
    const office = await room.openOffice()
    office.sandbox.microsoft.setImap(mailbox, false)
    const connectionId = await signInOnly(office)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'error', reason: 'imap_auth_failed' })
  })

  it('tells at once that Entra gives no token for one of them, and keeps the sign-in', async () => {
    const office = await room.openOffice()
    const begun = await office.sdk.sharedMailbox.connect({ principal, settings: { name: 'Sales', mailbox, ...settings } })
    const back = consentAt(office, begun.authorizationUrl, delegate)
    // From now on a second factor is asked for: the code is still exchanged, and what comes of it is not refreshed.
    office.sandbox.microsoft.setSignInPolicy(office.app.directoryId, 'mfa_required')
    expect((await complete(office, begun, back)).code).toBeNull()
    const { connectionId } = begun
    expect(tokens(office)).toEqual(['authorization_code', 'refresh_token'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'error', reason: 'interactive_required' })
    expect(await office.store.tokens.get('acme', connectionId)).not.toBeNull()
  })

  it('keeps the refresh token that came with the second', async () => {
    const office = await room.openOffice()
    office.sandbox.microsoft.setRotation('strict-family')
    const connectionId = await signInOnly(office)
    await office.settle()
    for (let hours = 0; hours < 3; hours += 1) await wait(office, 60 * minute)
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    const message = { to: ['ann@customer.test'], subject: 'Later', text: 'Yes.' }
    expect(await office.sdk.sharedMailbox.send({ connectionId, message })).toMatchObject({ by: 'graph' })
  })

  it('serves another mailbox both ways, on the same sign-in and the same tokens', async () => {
    const office = await room.openOffice()
    const address = 'orders@acme.test'
    office.sandbox.microsoft.createSharedMailbox({ address, members: [delegate] })
    await room.dovecot.deliver(address, writeMail({ id: '<orders@customer.test>', to: address, subject: 'earlier' }))
    const connectionId = await signInOnly(office)
    const another = { name: 'Orders', mailbox: address, ...settings }
    const { id, health } = await office.sdk.sharedMailbox.connectAnother({ principal, connectionId, settings: another })
    expect(health).toMatchObject({ status: 'connected', reason: null })
    expect(tokens(office)).toEqual(['authorization_code', 'refresh_token'])
    const message = { to: ['ann@customer.test'], subject: 'Order', text: 'Yes.' }
    expect(await office.sdk.sharedMailbox.send({ connectionId: id, message })).toMatchObject({ by: 'graph' })
    expect(office.sandbox.microsoft.sentItems(address)).toHaveLength(1)
    const other = { name: 'Own', mailbox: delegate, send: 'graph', receive: 'delta' }
    const refused = office.sdk.sharedMailbox.connectAnother({ principal, connectionId, settings: other })
    await expect(refused).rejects.toMatchObject({ code: 'scopes_missing' })
  })
})
