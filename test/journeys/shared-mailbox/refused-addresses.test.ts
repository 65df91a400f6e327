import { failures, fillWords } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { mailPresets } from '@tenantry/sdk/model'
import type { MailPreset } from '@tenantry/sdk/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callsTo, connectMailbox, countOf, createOffice, delegate, healthOf, mailbox, received, wait } from './create-office.ts'
import type { Office } from './create-office.ts'
import { writeMail } from './mail-bytes.ts'
import { startMailRoom, whyNoMailRoom } from './start-mail-room.ts'
import type { MailRoom } from './start-mail-room.ts'

const minute = 60_000

interface Refused {
  readonly what: string
  /** Makes it in the world of Microsoft. @returns its address */
  readonly make: (office: Office) => string
  readonly byGraph: ErrorCode
  readonly byImap: ErrorCode
}

/**
 * Graph tells a group from everybody else, and whoever has no mailbox in Exchange Online from whoever it does not know; IMAP tells none of them apart.
 * Whose a domain is, Entra tells everybody.
 */
const refused: readonly Refused[] = [
  { what: 'of nobody', make: () => 'nobody@acme.test', byGraph: 'mailbox_not_found', byImap: 'imap_auth_failed' },
  {
    what: 'of a domain that nobody has',
    make: () => 'sales@nobody.test',
    byGraph: 'mailbox_not_found',
    byImap: 'imap_auth_failed',
  },
  {
    what: 'of a group',
    make: ({ sandbox }) => sandbox.microsoft.createGroup({ address: 'team@acme.test' }).address,
    byGraph: 'not_a_mailbox',
    byImap: 'imap_auth_failed',
  },
  {
    what: 'of a contact',
    make: ({ sandbox, app: { directoryId } }) => sandbox.microsoft.createContact({ address: 'sam@elsewhere.test', directoryId }).address,
    byGraph: 'mailbox_not_found',
    byImap: 'imap_auth_failed',
  },
  {
    what: 'of a guest',
    make: ({ sandbox, app: { directoryId } }) => sandbox.microsoft.createGuest({ address: 'guest@elsewhere.test', directoryId }).address,
    byGraph: 'mailbox_not_rest_enabled',
    byImap: 'imap_auth_failed',
  },
  {
    what: 'in another organization',
    make: ({ sandbox }) => {
      sandbox.microsoft.createDirectory({ domain: 'other.test' })
      return sandbox.microsoft.createSharedMailbox({ address: 'sales@other.test' }).address
    },
    byGraph: 'mailbox_other_directory',
    byImap: 'mailbox_other_directory',
  },
  {
    what: 'on a server of the organization’s own',
    make: ({ sandbox }) =>
      sandbox.microsoft.createSharedMailbox({ address: 'old@acme.test', members: [delegate], onPremises: true }).address,
    byGraph: 'mailbox_not_rest_enabled',
    byImap: 'imap_auth_failed',
  },
  {
    what: 'that the person has no Full Access to',
    make: ({ sandbox }) => {
      sandbox.microsoft.revokeAccess({ mailbox, from: delegate })
      return mailbox
    },
    byGraph: 'mailbox_access_denied',
    byImap: 'imap_auth_failed',
  },
]

/** The sign-in is kept, the reason is told with all its words, it stays the same, and no mail comes. */
async function expectRefused(office: Office, preset: MailPreset, { make }: Refused, reason: ErrorCode): Promise<void> {
  const address = make(office)
  const { connectionId, code } = await connectMailbox(office, { settings: { mailbox: address, ...mailPresets[preset] } })
  expect(code).toBeNull()
  expect(await office.store.tokens.get('acme', connectionId)).not.toBeNull()
  const isTold = async () => {
    const health = await healthOf(office, connectionId)
    expect(health.reason).toBe(reason)
    expect(health.status).toBe('error')
    const { detail, remedy } = failures[reason]
    const words = fillWords(`${detail} ${remedy}`, health.values)
    expect(words).toContain(reason === 'imap_auth_failed' || words.includes(address) ? address : delegate)
    expect(words).not.toContain('…')
  }
  await isTold()
  for (let round = 0; round < 2; round += 1) await wait(office, 10 * minute)
  await isTold()
  expect(received(office)).toEqual([])
  // However often it is tried.
  expect([countOf(office, 'connection.error'), countOf(office, 'connection.degraded')]).toEqual([1, 0])
}

describe('an address, by Microsoft Graph,', () => {
  it.each(refused)('$what is refused with its reason', async (one) => {
    await expectRefused(await createOffice(), 'graph', one, one.byGraph)
  })

  it('of another organization is looked up by its domain, without a token, and only where nobody is known', async () => {
    const office = await createOffice()
    await connectMailbox(office)
    expect(callsTo(office, 'entra.configuration')).toEqual([])
    office.sandbox.microsoft.createDirectory({ domain: 'other.test' })
    await connectMailbox(office, { settings: { mailbox: 'sales@other.test' } })
    const asked = callsTo(office, 'entra.configuration')
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ url, headers }) => !url.includes('/other.test/v2.0/') || headers['authorization'] !== undefined)).toEqual([])
  })

  it('is refused with what Graph said while Entra cannot be asked', async () => {
    const office = await createOffice()
    office.sandbox.microsoft.createDirectory({ domain: 'other.test' })
    office.sandbox.faults.add({ operation: 'entra.configuration', kind: 'status', status: 503 })
    const { connectionId } = await connectMailbox(office, { settings: { mailbox: 'sales@other.test' } })
    expect(await healthOf(office, connectionId)).toMatchObject({ reason: 'mailbox_not_found' })
    expect(office.logger.lines.map(({ event }) => event)).toContain('mailbox.directory_unknown')
  })
})

const missing = whyNoMailRoom()

describe.skipIf(missing !== null)('on real mail servers', () => {
  let room: MailRoom
  beforeAll(async () => {
    room = await startMailRoom()
  })
  afterAll(() => room.close())

  describe.each(['imap_smtp', 'imap_relay'] as const)('an address, by %s,', (preset) => {
    it.each(refused)('$what is refused with its reason', async (one) => {
      await expectRefused(await room.openOffice(), preset, one, one.byImap)
    })
  })

  it('an address whose IMAP is off brings what came since the sign-in, once it is on, and nothing older', async () => {
    const office = await room.openOffice()
    office.sandbox.microsoft.setImap(mailbox, false)
    await room.dovecot.deliver(mailbox, writeMail({ id: '<older@customer.test>', to: mailbox, subject: 'older' }))
    await office.sandbox.clock.advance(Date.now() + 1_000 - office.sandbox.clock.now())
    const { connectionId } = await connectMailbox(office, { settings: { mailbox, ...mailPresets.imap_relay } })
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'error', reason: 'imap_auth_failed' })
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await room.dovecot.deliver(mailbox, writeMail({ id: '<meanwhile@customer.test>', to: mailbox, subject: 'meanwhile' }))
    await wait(office, 4 * minute)
    expect(received(office)).toEqual([])
    office.sandbox.microsoft.setImap(mailbox, true)
    for (let round = 0; round < 5; round += 1) await wait(office, 4 * minute)
    expect(received(office).map(({ subject }) => subject)).toEqual(['meanwhile'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
    expect(countOf(office, 'connection.gap_recovered')).toBe(0)
  })
})
