import { describe, expect, it } from 'vitest'
import { connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { MessageReceived } from '@tenantry/sdk'
import { createWorld } from './create-world.ts'
import type { World } from './create-world.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const mail = (subject: string) => ({ from: 'customer@example.test', subject, text: 'x' })

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  await setUpGoogle(world)
  return { world, connectionId: await connectGmail(world) }
}

const subjects = (world: World) =>
  world.events.filter((event): event is MessageReceived => event.type === 'message.received').map(({ message }) => message.subject)
const eventsOf = (world: World, type: string) => world.events.filter((event) => event.type === type)
const healthOf = async (world: World, connectionId: string) => (await world.sdk.gmail.get({ principal, connectionId })).health
const watches = (world: World) => world.sandbox.requests.filter(({ operation }) => operation === 'gmail.watch').length

/** Lets time pass in steps, with upkeep at each. */
async function live(world: World, span: number, step = minute): Promise<void> {
  for (let passed = 0; passed < span; passed += step) {
    await world.sandbox.clock.advance(Math.min(step, span - passed))
    await world.settle()
  }
}

describe('F23 a watch that Google accepts and that announces nothing', () => {
  it('is found out within five minutes; mail is polled, people are told once, and it heals by itself', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const fault = world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    const connectionId = await connectGmail(world)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    await live(world, 5 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({
      status: 'degraded',
      reason: 'push_silent',
      delivery: 'polling',
      deliveryReason: 'push_silent',
    })
    world.sandbox.google.deliverMail('support@acme.test', mail('by looking'))
    await live(world, minute)
    expect(subjects(world)).toEqual(['by looking'])
    await live(world, 3 * hour, 10 * minute)
    expect(eventsOf(world, 'connection.degraded')).toHaveLength(1)
    fault.remove()
    await live(world, hour + 5 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push', deliveryReason: null })
    world.sandbox.google.deliverMail('support@acme.test', mail('by push'))
    await world.settle()
    expect(subjects(world)).toEqual(['by looking', 'by push'])
  })

  it('is tried once more before anyone is bothered', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop', times: 1 })
    const connectionId = await connectGmail(world)
    expect(watches(world)).toBe(1)
    await live(world, 10 * minute)
    expect(watches(world)).toBe(2)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
    expect(eventsOf(world, 'connection.degraded')).toEqual([])
  })

  it('is suspected as soon as a look finds what nobody announced', async () => {
    const { world, connectionId } = await connected()
    await live(world, 10 * minute)
    const fault = world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    world.sandbox.google.deliverMail('support@acme.test', mail('unannounced'))
    const before = watches(world)
    await live(world, 15 * minute)
    expect(subjects(world)).toEqual(['unannounced'])
    expect(watches(world)).toBeGreaterThan(before)
    await live(world, 5 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'push_silent' })
    fault.remove()
  })

  it('is not suspected in a quiet mailbox, nor for pushes that come', async () => {
    const { world } = await connected()
    for (let at = 0; at < 8; at += 1) {
      await live(world, hour, 5 * minute)
      world.sandbox.google.deliverMail('support@acme.test', mail(`m${at}`))
      await world.settle()
    }
    expect(watches(world)).toBe(1)
    expect(subjects(world)).toHaveLength(8)
  })
})

describe('F22 a watch that nobody renews', () => {
  it('shows before it ends, although nothing runs that could write it down; afterwards nothing is missing', async () => {
    const { world, connectionId } = await connected()
    await live(world, 5 * minute)
    await world.sandbox.clock.advance(4 * day)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
    world.sandbox.google.deliverMail('support@acme.test', mail('while pushed'))
    await world.sandbox.clock.advance(2 * day)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'renewal_late' })
    await world.sandbox.clock.advance(2 * day)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'watch_lapsed' })
    world.sandbox.google.deliverMail('support@acme.test', mail('after the end'))
    await world.settle()
    await live(world, 5 * minute)
    expect(subjects(world).toSorted()).toEqual(['after the end', 'while pushed'])
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })

  it('is announced when it lapses because Google refuses every renewal, and mail is polled', async () => {
    const { world, connectionId } = await connected()
    await live(world, 5 * minute)
    const fault = world.sandbox.faults.add({ operation: 'gmail.watch', kind: 'status', status: 503 })
    await live(world, 2 * day, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'provider_unavailable', delivery: 'push' })
    await live(world, 6 * day, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', delivery: 'polling' })
    expect(eventsOf(world, 'connection.degraded')).toHaveLength(1)
    world.sandbox.google.deliverMail('support@acme.test', mail('polled'))
    await live(world, 2 * minute)
    expect(subjects(world)).toEqual(['polled'])
    fault.remove()
    await live(world, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })
})

describe('an app in Testing', () => {
  it('tells two days before the sign-in ends, once for each sign-in', async () => {
    const world = createWorld()
    await setUpGoogle(world, { publishing: 'testing' })
    const connectionId = await connectGmail(world)
    const { signInEndsAt } = await healthOf(world, connectionId)
    expect(Date.parse(signInEndsAt ?? '') - world.sandbox.clock.now()).toBeGreaterThan(6.9 * day)
    await live(world, 4.9 * day, hour)
    expect(eventsOf(world, 'connection.sign_in_ending')).toEqual([])
    await live(world, 1.5 * day, hour)
    expect(eventsOf(world, 'connection.sign_in_ending')).toMatchObject([{ connectionId, endsAt: signInEndsAt }])
    await live(world, 1.5 * day, hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'needs_reauth', reason: 'grant_expired_testing_mode' })
    expect(eventsOf(world, 'connection.sign_in_ending')).toHaveLength(1)
  })
})

describe('mail that cannot be read', () => {
  it('is set aside after five attempts and told, holds up nothing, and comes when it is tried again', async () => {
    const { world, connectionId } = await connected()
    const { id } = world.sandbox.google.deliverMail('support@acme.test', mail('poison'))
    const fault = world.sandbox.faults.add({
      operation: 'gmail.messages.get',
      path: new RegExp(`/messages/${id}$`),
      kind: 'status',
      status: 500,
    })
    world.sandbox.google.deliverMail('support@acme.test', mail('good'))
    await world.settle()
    expect(subjects(world)).toEqual(['good'])
    await live(world, hour)
    expect(eventsOf(world, 'connection.item_skipped')).toMatchObject([{ stage: 'fetch', code: 'provider_unavailable', attempts: 5 }])
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', quarantined: 1 })
    expect(fault.hits()).toBe(5)
    await live(world, 2 * hour, 10 * minute)
    expect(fault.hits()).toBe(5)
    fault.remove()
    expect(await world.sdk.gmail.redrive({ principal, connectionId })).toEqual({ redriven: 1 })
    await world.settle()
    expect(subjects(world)).toEqual(['good', 'poison'])
    expect(await healthOf(world, connectionId)).toMatchObject({ quarantined: 0 })
  })

  it('is not blamed for an outage', async () => {
    const { world, connectionId } = await connected()
    const fault = world.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 503 })
    for (let at = 0; at < 5; at += 1) world.sandbox.google.deliverMail('support@acme.test', mail(`m${at}`))
    await live(world, 6 * hour, 5 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', quarantined: 0 })
    fault.remove()
    await live(world, 20 * minute)
    expect(subjects(world).toSorted()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('much mail that cannot be read', () => {
  const deliver = (world: World, subjects: readonly string[]) =>
    subjects.map((subject) => world.sandbox.google.deliverMail('support@acme.test', mail(subject)).id)
  const refuse = (world: World, ids: readonly string[]) =>
    world.sandbox.faults.add({
      operation: 'gmail.messages.get',
      path: new RegExp(`/messages/(${ids.join('|')})$`),
      kind: 'status',
      status: 500,
    })
  const named = (count: number, name: string) => Array.from({ length: count }, (_, at) => `${name} ${at}`)

  it('keeps nothing newer back, and is set aside once more mail is read', async () => {
    const { world, connectionId } = await connected()
    refuse(world, deliver(world, named(50, 'poison')))
    deliver(world, named(5, 'good'))
    await live(world, 2 * minute)
    expect(subjects(world)).toEqual(named(5, 'good'))
    await live(world, 2 * hour)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', quarantined: 0 })
    deliver(world, ['later'])
    await live(world, 20 * minute)
    expect(subjects(world)).toContain('later')
    expect(eventsOf(world, 'connection.item_skipped')).toHaveLength(50)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', quarantined: 50 })
  })

  it('keeps nothing older back that an outage had kept waiting', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 503 })
    deliver(world, named(5, 'good'))
    refuse(world, deliver(world, named(100, 'poison')))
    await live(world, 20 * minute)
    outage.remove()
    await live(world, hour)
    expect(subjects(world)).toEqual(named(5, 'good'))
    expect(await healthOf(world, connectionId)).toMatchObject({ quarantined: 0 })
  })

  it('is not blamed for an outage that begins while it is read', async () => {
    const { world, connectionId } = await connected()
    const wanted = [...named(10, 'before'), ...named(10, 'after')]
    const half = refuse(world, deliver(world, wanted).slice(10))
    await world.settle()
    half.remove()
    const fault = world.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 503 })
    await live(world, 6 * hour, 5 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', quarantined: 0 })
    fault.remove()
    await live(world, 20 * minute)
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
  })

  it('is not blamed for an outage where one mail comes after the other', async () => {
    const { world, connectionId } = await connected()
    const wanted = named(13, 'mail')
    deliver(world, wanted.slice(0, 1))
    await live(world, hour, 10 * minute)
    const fault = world.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 503 })
    for (const subject of wanted.slice(1)) {
      deliver(world, [subject])
      await live(world, 30 * minute, 5 * minute)
    }
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'degraded', reason: 'provider_unavailable', quarantined: 0 })
    fault.remove()
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(wanted)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected' })
  })
})

describe('mail that changes its place', () => {
  it('is imported when it is taken out of Spam, once', async () => {
    const { world } = await connected()
    const { id } = world.sandbox.google.deliverMail('support@acme.test', { ...mail('was spam'), labels: ['SPAM'] })
    await world.settle()
    expect(subjects(world)).toEqual([])
    world.sandbox.google.changeLabels('support@acme.test', id, { add: ['INBOX'], remove: ['SPAM'] })
    await world.settle()
    expect(subjects(world)).toEqual(['was spam'])
    await live(world, 20 * minute)
    world.sandbox.google.changeLabels('support@acme.test', id, { add: ['STARRED'] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['was spam'])
  })

  it('is imported when the label that keeps it out is taken off, wherever it lies, and not when it gets another', async () => {
    const { world, connectionId } = await connected()
    const [personal, sorted] = ['Personal', 'Sorted'].map((name) => world.sandbox.google.createLabel('support@acme.test', name).id)
    if (personal === undefined || sorted === undefined) throw new Error('no label')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: [personal], labelMode: 'exclude' } } })
    await world.settle()
    const [lunch, receipt] = [['INBOX', personal], [personal]].map((labels, at) =>
      world.sandbox.google.deliverMail('support@acme.test', { ...mail(at === 0 ? 'lunch' : 'receipt'), labels }),
    )
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual([])
    world.sandbox.google.changeLabels('support@acme.test', lunch?.id ?? '', { remove: [personal] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['lunch'])
    world.sandbox.google.changeLabels('support@acme.test', receipt?.id ?? '', { add: [sorted], remove: [personal] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['lunch', 'receipt'])
  })

  it('is imported when it is taken out of Trash by a program, which puts it nowhere else', async () => {
    const { world, connectionId } = await connected()
    const help = world.sandbox.google.createLabel('support@acme.test', 'Help')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['Help'] } } })
    await world.settle()
    const { id } = world.sandbox.google.deliverMail('support@acme.test', { ...mail('thrown away'), labels: [help.id, 'TRASH'] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual([])
    world.sandbox.google.changeLabels('support@acme.test', id, { remove: ['TRASH'] })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['thrown away'])
  })
})

describe('a label that is gone', () => {
  it('stops the import where it is, and what came meanwhile arrives once it is chosen again', async () => {
    const { world, connectionId } = await connected()
    const help = world.sandbox.google.createLabel('support@acme.test', 'Help')
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['Help'] } } })
    await world.settle()
    expect((await world.sdk.gmail.get({ principal, connectionId })).settings).toMatchObject({ labelIds: [help.id] })
    world.sandbox.google.renameLabel('support@acme.test', help.id, 'Help desk')
    world.sandbox.google.deliverMail('support@acme.test', { ...mail('labelled'), labels: ['INBOX', help.id] })
    world.sandbox.google.deliverMail('support@acme.test', mail('private'))
    await world.settle()
    expect(subjects(world)).toEqual(['labelled'])
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['Label_gone'] } } })
    await world.settle()
    world.sandbox.google.deliverMail('support@acme.test', mail('meanwhile'))
    await live(world, 20 * minute)
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'error', reason: 'unknown_label' })
    expect(subjects(world)).toEqual(['labelled'])
    await world.sdk.gmail.update({ principal, connectionId, changes: { settings: { labelIds: ['INBOX'] } } })
    await live(world, 20 * minute)
    expect(subjects(world)).toEqual(['labelled', 'meanwhile'])
    expect(await healthOf(world, connectionId)).toMatchObject({ status: 'connected', delivery: 'push' })
  })
})

describe('F45 our own mail', () => {
  it('does not come back as a new message when the host said that it writes it', async () => {
    const { world, connectionId } = await connected()
    await world.sdk.gmail.markOwn({ connectionId, messageId: '<reply-1@helpdesk.test>' })
    const eml = (id: string) =>
      `From: helpdesk@relay.test\r\nTo: support@acme.test\r\nSubject: ${id}\r\nMessage-ID: <${id}@helpdesk.test>\r\n\r\nx\r\n`
    world.sandbox.google.deliverMail('support@acme.test', { eml: eml('reply-1') })
    world.sandbox.google.deliverMail('support@acme.test', { eml: eml('question-1') })
    await world.settle()
    expect(subjects(world)).toEqual(['question-1'])
  })

  it('is recognisable, and a host that writes on every event does not loop for ever', async () => {
    let world: World | null = null
    let written = 0
    const made = await connected({
      on: {
        'message.received': ({ message }) => {
          if (message.fromSelf || message.automatic !== null) return
          written += 1
          world?.sandbox.google.deliverMail('support@acme.test', {
            eml: `From: support@acme.test\r\nTo: support@acme.test\r\nSubject: Re: ${message.subject}\r\nAuto-Submitted: auto-replied\r\n\r\nx\r\n`,
          })
        },
      },
    })
    world = made.world
    world.sandbox.google.deliverMail('support@acme.test', mail('hello'))
    await live(world, hour, 10 * minute)
    expect(written).toBe(1)
  })
})

describe('F28 a burst', () => {
  it('10,000 messages in 10 seconds with one push delivered arrive all, once each', async () => {
    const { world } = await connected()
    await live(world, 5 * minute)
    const wanted = Array.from({ length: 10_000 }, (_, at) => `mail ${at}`)
    const drop = world.sandbox.faults.add({ delivery: 'pubsub', kind: 'drop' })
    for (let second = 0; second < 10; second += 1) {
      if (second === 9) drop.remove()
      world.sandbox.google.deliverMany('support@acme.test', wanted.slice(second * 1_000, (second + 1) * 1_000).map(mail))
      await world.sandbox.clock.advance(1_000)
    }
    await world.sandbox.settled()
    expect(world.sandbox.deliveries.filter(({ kind, status }) => kind === 'pubsub' && status === 204).length).toBeLessThanOrEqual(3)
    await world.settle()
    expect(subjects(world).toSorted()).toEqual(wanted.toSorted())
  }, 120_000)
})
