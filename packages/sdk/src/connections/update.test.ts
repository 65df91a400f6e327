import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { intercept } from '../../../../test/journeys/meddling.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000
const day = 24 * 60 * minute
const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: 'x' })

async function connected() {
  const world = createWorld()
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  const change = (changes: Parameters<World['sdk']['gmail']['update']>[0]['changes']) =>
    world.sdk.gmail.update({ principal, connectionId, changes })
  return { world, connectionId, change }
}

const subjects = (world: World) => world.events.flatMap((event) => (event.type === 'message.received' ? [event.message.subject] : []))

describe('renaming', () => {
  it('keeps everything else', async () => {
    const { world, connectionId, change } = await connected()
    const before = await world.sdk.gmail.get({ principal, connectionId })
    expect(await change({ name: '  Straße & Söhne ' })).toEqual({
      ...before,
      name: 'Straße & Söhne',
      version: before.version + 1,
      updatedAt: expect.any(String),
    })
  })

  it.each(['', '   ', 'a'.repeat(81), 'two\nlines', 'a\u2028b', 'tab\tbed', '\u0000'])(
    'refuses the name %j, and changes nothing',
    async (name) => {
      const { world, connectionId, change } = await connected()
      expect(await codeOf(change({ name, paused: true }))).toBe('name_invalid')
      expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ name: 'Support', health: { status: 'connected' } })
    },
  )
})

describe('two people at once', () => {
  it('who change different things lose nothing of each other’s', async () => {
    const { world, connectionId, change } = await connected()
    await Promise.all([
      change({ name: 'New name' }),
      change({ settings: { labelIds: ['STARRED'] } }),
      change({ settings: { allowAlias: true } }),
      change({ settings: { labelMode: 'exclude' } }),
    ])
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({
      name: 'New name',
      settings: { labelIds: ['STARRED'], allowAlias: true, labelMode: 'exclude' },
    })
  })
})

describe('settings', () => {
  it('take effect on the pipe, and leave out what was not named', async () => {
    const { world, change } = await connected()
    const { id } = world.sandbox.google.createLabel('support@acme.test', 'Help')
    world.sandbox.clearRequests()
    expect(await change({ settings: { labelIds: [id] } })).toMatchObject({
      settings: { mailbox: 'support@acme.test', labelIds: [id], labelMode: 'include', allowAlias: false },
    })
    await world.settle()
    const [watch] = world.sandbox.requests.filter(({ operation }) => operation === 'gmail.watch')
    expect(JSON.parse(String(watch?.body))).toMatchObject({ labelIds: [id] })
    world.sandbox.google.deliverMail('support@acme.test', mail('inbox'))
    world.sandbox.google.deliverMail('support@acme.test', { ...mail('help'), labels: [id] })
    await world.settle()
    expect(subjects(world)).toEqual(['help'])
  })

  it.each([
    [{ mailbox: 'other@acme.test' }, 'invalid_input'],
    [{ mailbox: 'nobody' }, 'mailbox_invalid'],
    [{ labelIds: 'INBOX' }, 'invalid_input'],
    [{ unknown: 1 }, 'invalid_input'],
    [JSON.parse('{"__proto__":{"labelMode":"exclude"}}'), 'invalid_input'],
  ])('refuse %j', async (settings, code) => {
    const { world, connectionId, change } = await connected()
    expect(await codeOf(change({ settings }))).toBe(code)
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({
      settings: { mailbox: 'support@acme.test', labelIds: ['INBOX'], labelMode: 'include' },
    })
  })
})

describe('settings that change while the pipe is opened with those before', () => {
  it('stay as they were saved', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    const { id: calendarId } = world.sandbox.google.createCalendar('dana@acme.test', { summary: 'Van' })
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { calendarId } } })
    let once = true
    intercept(world, async (request, serve, { pathname }) => {
      if (once && pathname.includes('/calendarList/')) {
        once = false
        await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { direction: 'from_google' } } })
      }
      return serve(request)
    })
    await world.settle()
    expect(once).toBe(false)
    expect((await world.sdk.calendar.get({ principal, connectionId })).settings).toMatchObject({
      calendarName: 'Van',
      direction: 'from_google',
    })
  })

  it('and a repair meanwhile opens another pipe all the same', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const connectionId = await connectCalendar(world)
    const channels = () => world.sandbox.snapshot().channels.map(({ id }) => id)
    const before = channels()
    let once = true
    intercept(world, async (request, serve, { pathname }) => {
      if (once && pathname.includes('/calendarList/')) {
        once = false
        await world.sdk.calendar.repair({ principal, connectionId })
      }
      return serve(request)
    })
    await world.sdk.calendar.update({ principal, connectionId, changes: { settings: { direction: 'from_google' } } })
    await world.settle()
    expect(once).toBe(false)
    expect(channels()).toHaveLength(1)
    expect(channels()).not.toEqual(before)
  })
})

describe('a pause', () => {
  it('is silent, and afterwards everything that came meanwhile comes once', async () => {
    const { world, connectionId, change } = await connected()
    expect(await change({ paused: true })).toMatchObject({ health: { status: 'paused' } })
    world.sandbox.google.deliverMail('support@acme.test', mail('while paused'))
    await world.sandbox.clock.advance(60 * minute)
    await world.settle()
    expect(subjects(world)).toEqual([])
    expect(await codeOf(world.sdk.gmail.sync({ principal, connectionId }))).toBe('conflict')
    expect(await change({ paused: false })).toMatchObject({ health: { status: 'connected' } })
    await world.settle()
    expect(subjects(world)).toEqual(['while paused'])
  })

  it('of any length leaves no upkeep undone: renewal and the regular look go on', async () => {
    const { world, connectionId, change } = await connected()
    await change({ paused: true })
    for (let at = 0; at < 9; at += 1) {
      await world.sandbox.clock.advance(day)
      await world.settle()
    }
    await change({ paused: false })
    await world.settle()
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({
      health: { status: 'connected', delivery: 'push', renewBy: new Date(world.sandbox.clock.now() + 7 * day).toISOString() },
    })
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('not pushed'))
    await world.sandbox.clock.advance(15 * minute)
    await world.settle()
    expect(subjects(world)).toEqual(['not pushed'])
  })

  it('twice is a pause once, and what is not running cannot be paused', async () => {
    const { world, connectionId, change } = await connected()
    const first = await change({ paused: true })
    expect(await change({ paused: true })).toMatchObject({ health: { since: first.health.since } })
    await world.sdk.gmail.disconnect({ principal, connectionId })
    expect(await codeOf(change({ paused: true }))).toBe('conflict')
  })
})

describe('who may', () => {
  it('nobody of another tenant, who cannot even tell that it is there', async () => {
    const { world, connectionId } = await connected()
    const calendarId = await connectCalendar(world)
    const stranger = { tenantId: 'globex', userId: 'dana' }
    for (const id of [connectionId, calendarId, 'none']) {
      const one = { principal: stranger, connectionId: id }
      const { gmail } = world.sdk
      for (const call of [
        gmail.get(one),
        gmail.update({ ...one, changes: { name: 'x' } }),
        gmail.reconnect(one),
        gmail.disconnect(one),
        gmail.remove(one),
        gmail.sync(one),
        gmail.diagnose(one),
        gmail.client(one),
      ])
        expect(await codeOf(call)).toBe('not_found')
    }
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ name: 'Support', health: { status: 'connected' } })
  })
})
