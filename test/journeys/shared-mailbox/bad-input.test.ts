import { createHandler } from '@tenantry/server-adapters/http'
import { describe, expect, it } from 'vitest'
import { callsTo, connectMailbox, createOffice, healthOf, mailbox, principal, received, wait } from './create-office.ts'
import type { Office } from './create-office.ts'

const minute = 60_000
const evil = 'https://evil.test/v1.0/users/sales@acme.test/mailFolders/inbox/messages/delta?$deltatoken=EXAMPLE_token'
const webhook = { send: 'graph', receive: 'webhook' } as const
const pushUrl = 'https://app.example.com/api/email/webhooks/microsoft'

const subjects = (office: Office) => received(office).map(({ subject }) => subject)
const deliver = ({ sandbox }: Office, subject: string) =>
  sandbox.microsoft.deliverMail(mailbox, { from: 'ann@customer.test', subject, text: 'Hello.' })
/** Whatever was asked of anybody but Microsoft. */
const elsewhere = ({ sandbox }: Office) => sandbox.requests.filter(({ url }) => !url.startsWith('http://localhost:4010/'))

describe('a link of Graph that leads elsewhere', () => {
  const { deltaLink, nextLink } = { deltaLink: '@odata.deltaLink', nextLink: '@odata.nextLink' }
  const other = 'http://localhost:4010/graph.microsoft.com/v1.0/users/finance@acme.test/mailFolders/inbox/messages/delta?$skiptoken=a'

  it.each([
    ['to another host at the end', { fields: { [deltaLink]: evil } }],
    ['to another host in the middle', { fields: { [nextLink]: evil }, omit: [deltaLink] }],
    ['to another mailbox', { fields: { [nextLink]: other }, omit: [deltaLink] }],
  ])('%s is not followed, is told, and loses no mail', async (_, answer) => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    await wait(office, minute)
    office.sandbox.clearRequests()
    const fault = office.sandbox.faults.add({ operation: 'graph.messages.delta', kind: 'rewrite', ...answer })
    deliver(office, 'held back')
    await wait(office, minute)
    expect(await healthOf(office, connectionId)).toMatchObject({
      status: 'error',
      reason: 'foreign_link',
      values: { vendor: 'Microsoft' },
    })
    for (let round = 0; round < 24; round += 1) await wait(office, 5 * minute)
    expect(elsewhere(office)).toEqual([])
    expect(callsTo(office, 'graph.messages.delta').filter(({ url }) => url.includes('finance'))).toEqual([])
    // Ever more seldom, up to every quarter of an hour.
    expect(callsTo(office, 'graph.messages.delta').length).toBeLessThan(40)
    expect(subjects(office)).toEqual([])
    fault.remove()
    for (let round = 0; round < 4; round += 1) await wait(office, 5 * minute)
    expect(subjects(office)).toEqual(['held back'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('and is the place of a run by IMAP, which another way to receive has taken over, begins again', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    await wait(office, minute)
    const { store, sandbox } = office
    await store.syncStates.setCursor('acme', connectionId, `since:${sandbox.clock.now()}`)
    const lease = await store.syncStates.acquire('acme', connectionId, { owner: 'imap', now: sandbox.clock.now(), leaseMs: minute })
    const run = JSON.stringify({ mode: 'pull', id: 'run', since: 0, count: 0, resume: JSON.stringify({ uidValidity: 7, pin: 9, from: 1 }) })
    const fence = lease?.fence ?? 0
    const kept = await store.syncStates.advance('acme', connectionId, { fence, now: sandbox.clock.now(), leaseMs: minute, run })
    expect(kept).toBe(true)
    await store.syncStates.release('acme', connectionId, { fence, processed: 0 })
    deliver(office, 'found')
    await wait(office, minute)
    await wait(office, minute)
    expect(subjects(office)).toEqual(['found'])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('and lies in our own row is a lost place, which is searched by time', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    await wait(office, minute)
    await office.store.syncStates.setCursor('acme', connectionId, `delta:${evil}`)
    deliver(office, 'found')
    await wait(office, minute)
    await wait(office, minute)
    expect(subjects(office)).toEqual(['found'])
    expect(elsewhere(office)).toEqual([])
    expect(await healthOf(office, connectionId)).toMatchObject({ status: 'connected', reason: null })
  })

  it('gets no byte of an attachment, and the message is not sent', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const body = JSON.stringify({ uploadUrl: 'https://evil.test/upload?authtoken=EXAMPLE_token', nextExpectedRanges: ['0-'] })
    office.sandbox.faults.add({ operation: 'graph.uploadSessions.create', kind: 'status', status: 201, body })
    const attachments = [{ filename: 'plan.bin', contentType: 'application/octet-stream', content: new Uint8Array(4_000_000) }]
    const message = { to: ['ann@customer.test'], subject: 'Plan', text: 'The plan.', attachments }
    await expect(office.sdk.sharedMailbox.send({ connectionId, message })).rejects.toMatchObject({ code: 'foreign_link' })
    expect(elsewhere(office)).toEqual([])
    const { microsoft } = office.sandbox
    expect([microsoft.sentItems(mailbox), microsoft.drafts(mailbox)]).toEqual([[], []])
  })
})

describe('a host that nobody pinned', () => {
  it.each(['host', 'imapHost', 'smtpHost', 'imap', 'smtp', 'graph', 'authority', 'cloud'])('cannot be named: %s', async (name) => {
    const office = await createOffice()
    const settings = { name: 'Sales', mailbox, [name]: 'evil.test' }
    await expect(office.sdk.sharedMailbox.connect({ principal, settings })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(office.sandbox.requests).toEqual([])
  })

  it.each([
    'evil.com/',
    'common/../evil',
    'common',
    '//evil.com',
    'evil.com\\@login.microsoftonline.com',
    'аcme.test',
    'bücher.example',
    'acme。test',
    'x'.repeat(300),
    `${'a.'.repeat(148)}test`,
  ])('is no directory: %j', async (directoryId) => {
    const office = await createOffice()
    const before = await office.sdk.microsoft.status({ principal })
    office.sandbox.clearRequests()
    const save = office.sdk.microsoft.save({ principal, changes: { directoryId: { action: 'replace', value: directoryId } } })
    await expect(save).rejects.toMatchObject({ code: 'directory_id_invalid', field: 'directoryId' })
    expect(await office.sdk.microsoft.status({ principal })).toEqual(before)
    expect(office.sandbox.requests).toEqual([])
  })
})

describe('the door for notifications', () => {
  const open = async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office, { settings: webhook })
    const handler = createHandler(office.sdk, { identify: () => null, logger: office.logger })
    const post = (query: string, body = '') => handler(new Request(`${pushUrl}${query}`, { method: 'POST', body }))
    return { office, connectionId, post, only: office.sandbox.microsoft.subscriptions()[0] }
  }

  it('repeats a token of Graph, as plain text that nobody sniffs', async () => {
    const { post } = await open()
    const token = 'Validation: Testing client application reachability for subscription Request-Id: 4ae2'
    const answer = await post(`?validationToken=${encodeURIComponent(token)}`)
    expect([answer.status, await answer.text()]).toEqual([200, token])
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain\b/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['with markup', '<script>alert(1)</script>'],
    ['with an entity', '&lt;script&gt;'],
    ['of a megabyte', 'x'.repeat(1024 * 1024)],
    ['with a line break', 'a\r\nset-cookie: b'],
  ])('repeats no token %s', async (_, token) => {
    const { post } = await open()
    const answer = await post(`?validationToken=${encodeURIComponent(token)}`)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(await answer.text()).not.toContain(token)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('takes what is good of a batch, and nothing of what is forged or unknown', async () => {
    const { office, post, only } = await open()
    await wait(office, 2 * 60 * minute)
    const id = only?.id ?? ''
    const item = { subscriptionId: id, clientState: only?.clientState, changeType: 'created', resourceData: { id: 'x' } }
    const forged = { ...item, clientState: `${item.clientState?.slice(0, -1)}_` }
    const unknown = { ...item, subscriptionId: crypto.randomUUID() }
    const silence = office.sandbox.faults.add({ delivery: 'graph', kind: 'drop' })
    deliver(office, 'real')
    await office.sandbox.settled()
    expect((await post('', JSON.stringify({ value: [forged, unknown, forged] }))).status).toBe(401)
    await office.settle()
    expect(subjects(office)).toEqual([])
    expect((await post('', JSON.stringify({ value: [forged, item, unknown, { subscriptionId: 7 }] }))).status).toBe(204)
    await office.settle()
    expect(subjects(office)).toEqual(['real'])
    expect(office.logger.lines.filter(({ event }) => event === 'push.items_refused').at(-1)?.fields).toMatchObject({ count: 3 })
    silence.remove()
  })
})

describe('MIME that is not as it should be', () => {
  it('is read when it comes: bare line feeds, bytes above 127, no end', async () => {
    const office = await createOffice()
    await connectMailbox(office)
    const text = 'From: Änn <ann@customer.test>\nSubject: Grüße\nContent-Type: text/plain; charset=utf-8\n\nfür dich\nkein Ende'
    office.sandbox.microsoft.deliverMail(mailbox, { eml: new TextEncoder().encode(text) })
    office.sandbox.microsoft.deliverMail(mailbox, { eml: Buffer.from('Subject: latin\n\nK\xf6ln\n', 'latin1') })
    deliver(office, 'after')
    await wait(office, minute)
    expect(subjects(office)).toEqual(['Grüße', 'latin', 'after'])
    const [first, second] = received(office)
    expect(first?.text).toContain('für dich\nkein Ende')
    expect(second?.text).toMatch(/^K.ln/)
  })

  it('never goes out: each line ends with CRLF, and no byte is above 127', async () => {
    const office = await createOffice()
    const { connectionId } = await connectMailbox(office)
    const content = Buffer.from('a\nb\rc\r\n\xff\x00\xfe', 'latin1')
    const message = {
      to: ['Änn <ann@customer.test>'],
      subject: 'Grüße',
      text: 'für\ndich\rund\r\nmich',
      html: '<p>für\ndich</p>\r',
      attachments: [{ filename: 'größe.txt', contentType: 'text/plain', content }],
    }
    await office.sdk.sharedMailbox.send({ connectionId, message })
    await office.sandbox.settled()
    const raw = Buffer.from(office.sandbox.microsoft.sentItems(mailbox)[0]?.raw ?? '')
    expect(raw.length).toBeGreaterThan(500)
    const bytes = raw.toString('latin1')
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect([...bytes].filter((byte) => byte > '\x7f')).toEqual([])
    expect(Math.max(...bytes.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998)
  })
})
