import { describe, expect, it } from 'vitest'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import type { GoogleSetup } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'
import type { World } from '../create-world.ts'
import { codeOf } from '../expectations.ts'
import { day, eventsOf, live, minute } from '../meddling.ts'
import { adminOf, grantGmail } from '../pubsub-console.ts'
import { calls, health, hour, mail, provisioning, subjects } from '../watching.ts'

const support = 'support@acme.test'
const globex = { tenantId: 'globex', userId: 'gail' }

async function connected(): Promise<{ world: World; setup: GoogleSetup; connectionId: string }> {
  const world = createWorld()
  const setup = await setUpGoogle(world)
  return { world, setup, connectionId: await connectGmail(world) }
}

const names = ({ sandbox }: World) => {
  const { topics, subscriptions } = sandbox.snapshot()
  return [...topics, ...subscriptions].map(({ name }) => name).toSorted()
}

/** A push that Pub/Sub still had on the way. */
async function latePush(world: World): Promise<number> {
  const sent = world.sandbox.deliveries.findLast(({ kind }) => kind === 'pubsub')
  if (sent === undefined) throw new Error('nothing was pushed yet')
  const body = JSON.parse(sent.body) as { message: { messageId: string } }
  const late = { ...body, message: { ...body.message, messageId: `late-${world.sandbox.clock.now()}` } }
  const { url, headers } = sent
  return (await world.receivePush(new Request(url, { method: 'POST', headers, body: JSON.stringify(late) }))).status
}

/** Nothing of the connection is kept but that it was there, and no upkeep asks Google anything for it. */
async function expectEnded(world: World, connectionId: string): Promise<void> {
  expect(await world.store.tokens.get('acme', connectionId)).toBeNull()
  expect(await world.store.syncStates.get('acme', connectionId)).toBeNull()
  expect(await codeOf(world.sdk.gmail.sync({ principal, connectionId }))).not.toBe('(succeeded)')
  world.sandbox.clearRequests()
  world.sandbox.google.deliverMail(support, mail('after the end'))
  await live(world, 10 * day, day)
  expect(world.sandbox.requests).toEqual([])
  expect(subjects(world)).not.toContain('after the end')
  expect(await health(world, connectionId)).toMatchObject({ status: 'disconnected', nextAttemptAt: null })
  expect(await world.store.syncStates.get('acme', connectionId)).toBeNull()
}

describe('S25 a mailbox says goodbye', () => {
  it('stops its watch, takes the grant back, and what still comes is acknowledged and ignored', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.google.deliverMail(support, mail('before'))
    await world.settle()
    world.sandbox.clearRequests()
    expect(await world.sdk.gmail.disconnect({ principal, connectionId })).toMatchObject({
      health: { status: 'disconnected', reason: null },
    })
    expect(calls(world, /^(gmail\.stop|oauth\.revoke)$/)).toEqual(['gmail.stop', 'oauth.revoke'])
    expect(world.sandbox.requests.every(({ status }) => status < 300)).toBe(true)
    expect(world.sandbox.snapshot().watches).toEqual([])
    expect(await latePush(world)).toBe(204)
    await world.settle()
    await expectEnded(world, connectionId)
    expect(subjects(world)).toEqual(['before'])
    expect(eventsOf(world, 'connection.disconnected')).toMatchObject([{ connectionId, reason: null }])
  })

  it('is final here although Google is down, and says that the access may still be there', async () => {
    const { world, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    const ended = await world.sdk.gmail.disconnect({ principal, connectionId })
    expect(ended).toMatchObject({ health: { status: 'disconnected', reason: 'provider_unavailable' } })
    expect(outage.hits()).toBeGreaterThanOrEqual(2)
    outage.remove()
    expect(ended.goodbye).toMatchObject({ pending: 2, givenUp: 0, code: 'provider_unavailable' })
    // The watch that Google could not stop announces on.
    world.sandbox.google.deliverMail(support, mail('announced all the same'))
    await world.settle()
    expect(world.sandbox.deliveries.at(-1)).toMatchObject({ status: 204 })
    await live(world, 2 * minute)
    expect(world.sandbox.snapshot().watches).toEqual([])
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { reason: null }, goodbye: null })
    await expectEnded(world, connectionId)
    expect(subjects(world)).toEqual([])
  })

  it('leaves the calendar alone that lives on the same sign-in, and revokes with the last of them', async () => {
    const world = createWorld()
    await setUpGoogle(world)
    const address = 'dana@acme.test'
    const gmailId = await connectGmail(world, { address, name: 'Dana' })
    const calendarId = await connectCalendar(world, { address })
    world.sandbox.clearRequests()
    await world.sdk.gmail.disconnect({ principal, connectionId: gmailId })
    expect(calls(world, /^(gmail\.stop|oauth\.revoke)$/)).toEqual(['gmail.stop'])
    const now = world.sandbox.clock.now()
    world.sandbox.google.createEvent(address, 'primary', { summary: 'Standup', start: now + hour, end: now + 2 * hour })
    await world.settle()
    const changed = eventsOf(world, 'calendar.changed').filter(({ change }) => JSON.stringify(change).includes('Standup'))
    expect(changed).toHaveLength(1)
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(calls(world, /^oauth\.revoke$/)).toHaveLength(1)
  })
})

describe('S25 a tenant says goodbye', () => {
  it('deletes what was made for it and forgets the app; another tenant in the same place notices nothing', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.google.createAccount({ address: 'help@globex.test' })
    await setUpGoogle(world, { principal: globex })
    const other = await connectGmail(world, { principal: globex, address: 'help@globex.test' })
    expect(names(world)).toHaveLength(4)
    const mine = (await provisioning(world))?.names
    world.sandbox.clearRequests()
    const { disconnected, remotePending, status } = await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect([disconnected, remotePending, status.state]).toEqual([1, [], 'missing'])
    expect(calls(world, /^(gmail\.stop|oauth\.revoke|pubsub\..*delete)$/)).toEqual([
      'gmail.stop',
      'oauth.revoke',
      'pubsub.subscriptions.delete',
      'pubsub.topics.delete',
    ])
    expect(names(world)).toHaveLength(2)
    expect(names(world)).not.toContain(mine?.topic)
    expect(names(world)).not.toContain(mine?.subscription)
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    world.sandbox.google.deliverMail('help@globex.test', mail('for the other'))
    await world.settle()
    expect(subjects(world)).toEqual(['for the other'])
    expect((await world.sdk.gmail.get({ principal: globex, connectionId: other })).health).toMatchObject({
      status: 'connected',
      delivery: 'push',
    })
    await world.sdk.google.reset({ principal: globex, credentials: 'delete' })
    await expectEnded(world, connectionId)
    expect(names(world)).toEqual([])
  })

  it('deletes nothing that was there before, although it was used', async () => {
    const world = createWorld()
    const setup = await setUpGoogle(world)
    // Only to know its names, which are the tenant's own.
    await world.sdk.google.provision({ principal })
    const { topic = '', subscription = '', endpoint = '', audience = '' } = (await provisioning(world))?.names ?? {}
    const { key, pubsub } = await adminOf(world, setup)
    await pubsub.deleteSubscription(key, subscription)
    await pubsub.deleteTopic(key, topic)
    await pubsub.createTopic(key, topic, { team: 'support' })
    await grantGmail(pubsub, key, topic)
    const account = JSON.parse(setup.serviceAccountKey) as { client_email: string }
    await pubsub.createSubscription(key, {
      name: subscription,
      topic,
      pushEndpoint: endpoint,
      audience,
      signer: account.client_email,
      labels: { team: 'support' },
      deadLetter: null,
    })
    await connectGmail(world)
    world.sandbox.google.deliverMail(support, mail('by the adopted'))
    await world.settle()
    expect(subjects(world)).toEqual(['by the adopted'])
    await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect(names(world)).toEqual([subscription, topic].toSorted())
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    // What is still announced to the one that stays is acknowledged, so that Pub/Sub does not send it for seven days.
    expect(await latePush(world)).toBe(204)
  })

  it('is final while Google is down for a day, which is told all the same once it is back; what it sends meanwhile is taken and forgotten', async () => {
    const { world, setup, connectionId } = await connected()
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    const { remotePending, status } = await world.sdk.google.reset({ principal, credentials: 'delete' })
    expect(remotePending).toEqual([{ connectionId, name: 'Support' }])
    expect(status.state).toBe('missing')
    expect(await world.secrets.get({ tenantId: 'acme', name: 'google' })).toBeNull()
    expect(status.goodbye).toMatchObject({ total: 2, done: 0, givenUp: [] })
    expect(status.goodbye?.pending.map(({ name, code }) => [name, code]).toSorted()).toEqual([
      ['Support', 'provider_unavailable'],
      [setup.projectId, 'provider_unavailable'],
    ])
    // Topic, subscription and watch are still there, and work.
    expect(names(world)).toHaveLength(2)
    world.sandbox.google.deliverMail(support, mail('into the void'))
    await world.settle()
    expect(world.sandbox.deliveries.at(-1)).toMatchObject({ status: 204 })
    expect(world.logger.lines.map(({ event }) => event)).toContain('google.pubsub_undone')
    await live(world, day, 10 * minute)
    expect(outage.hits()).toBeLessThan(250)
    outage.remove()
    await live(world, 70 * minute, 10 * minute)
    expect(names(world)).toEqual([])
    expect(world.sandbox.snapshot().watches).toEqual([])
    expect((await world.sdk.google.status({ principal })).goodbye).toEqual({ total: 2, done: 2, pending: [], givenUp: [] })
    expect(await health(world, connectionId)).toMatchObject({ status: 'disconnected', reason: 'google_reset' })
    await expectEnded(world, connectionId)
    expect(subjects(world)).toEqual([])
  })

  it('and comes back: everything is made anew, with nothing of before', async () => {
    const { world } = await connected()
    const before = names(world)
    await world.sdk.google.reset({ principal, credentials: 'delete' })
    world.sandbox.google.deliverMail(support, mail('while nobody was here'))
    await world.sandbox.clock.advance(day)
    await setUpGoogle(world)
    const again = await connectGmail(world, { name: 'Support again' })
    expect(names(world)).toHaveLength(before.length)
    world.sandbox.google.deliverMail(support, mail('after the return'))
    await live(world, hour, 15 * 60_000)
    expect(subjects(world)).toEqual(['after the return'])
    expect(await health(world, again)).toMatchObject({ status: 'connected', delivery: 'push' })
  })
})
