import { graphFault } from '@tenantry/sandbox'
import { connectCalendar, connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import { expect, it } from 'vitest'
import { createWorld } from '../journeys/create-world.ts'
import { connectMailbox, createOffice, mailbox, received } from '../journeys/shared-mailbox/create-office.ts'

const hourMs = 3_600_000

/** What simulations found, as small as it could be made. */
it('makes no task of a connection ask before the time that another was told', async () => {
  const world = createWorld()
  await setUpGoogle(world)
  await connectGmail(world)
  const { sandbox } = world
  sandbox.faults.add({ operation: 'gmail.history.list', kind: 'status', status: 429, headers: { 'retry-after': '3600' }, times: 1 })
  await sandbox.clock.advance(60_000)
  sandbox.google.deliverMail('support@acme.test', { from: 'a@x.test', subject: 'a', text: 'a' })
  await world.settle()
  expect(sandbox.requests.filter(({ status }) => status === 429).length).toBe(1)
  sandbox.clearRequests()
  await sandbox.clock.advance(20 * 60_000)
  await world.settle()
  expect(sandbox.requests.filter(({ operation }) => operation.startsWith('gmail.')).map(({ operation }) => operation)).toEqual([])
  await sandbox.clock.advance(41 * 60_000)
  await world.settle()
  expect(world.events.filter(({ type }) => type === 'message.received').length).toBe(1)
})

it('tells what was written and over in a calendar while its provider was down for days', async () => {
  const world = createWorld()
  await setUpGoogle(world)
  const { sandbox } = world
  const { id } = sandbox.google.createCalendar('dana@acme.test', { summary: 'Team' })
  await connectCalendar(world, { settings: { calendarId: id } })
  await world.settle()
  const outage = sandbox.faults.add({ operation: 'calendar.events.list', kind: 'status', status: 503 })
  const begin = sandbox.clock.now() + hourMs
  const event = sandbox.google.createEvent('dana@acme.test', id, { summary: 'a', start: begin, end: begin + hourMs })
  for (let hour = 0; hour < 72; hour += 1) {
    await sandbox.clock.advance(hourMs)
    await world.settle()
  }
  outage.remove()
  await sandbox.clock.advance(24 * hourMs)
  await world.settle()
  const told = world.events.flatMap((each) => (each.type === 'calendar.changed' ? each.change.eventId : []))
  expect(told).toEqual([event.id])
})

it('does not wake a process that only sweeps for a mailbox that nobody can listen for', async () => {
  const office = await createOffice()
  await connectMailbox(office, { settings: { send: 'graph', receive: 'webhook' } })
  for (let turn = 0; turn < 10; turn += 1) {
    await office.sandbox.clock.advance(60_000)
    await office.settle()
  }
  const { nextWakeAt } = await office.sdk.maintenance.sweep()
  expect((nextWakeAt ?? 0) - office.sandbox.clock.now()).toBeGreaterThan(60_000)
})

it('lets one mailbox wait that was told to, and no other that the same app reads', async () => {
  const office = await createOffice()
  const { microsoft, faults } = office.sandbox
  const settings = { send: 'graph', receive: 'webhook' } as const
  const other = microsoft.createSharedMailbox({ address: 'support@acme.test' }).address
  await connectMailbox(office, { settings })
  await connectMailbox(office, { settings: { ...settings, mailbox: other } })
  faults.add(graphFault('graph.messages.delta', 429, 'ApplicationThrottled', { times: 1, retryAfter: 3600 }))
  const write = async (address: string): Promise<void> => {
    microsoft.deliverMail(address, { from: 'ann@example.com', subject: address, text: 'Hello.' })
    await office.sandbox.clock.advance(1_000)
    await office.settle()
  }
  await write(mailbox)
  expect(received(office)).toEqual([])
  await write(other)
  expect(received(office).map(({ subject }) => subject)).toEqual([other])
  await office.sandbox.clock.advance(hourMs)
  await office.settle()
  expect(received(office).map(({ subject }) => subject)).toEqual([other, mailbox])
})
