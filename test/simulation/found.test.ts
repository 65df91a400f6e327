import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import { expect, it } from 'vitest'
import { createWorld } from '../journeys/create-world.ts'

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
