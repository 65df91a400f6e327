import { expect, it } from 'vitest'
import { connectCalendar, connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import { createWorld } from '../create-world.ts'

it('mail and calendar arrive', async () => {
  const world = createWorld()
  await setUpGoogle(world)
  const id = await connectGmail(world)
  console.log(world.logger.lines)
  world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'Hi', text: 'there' })
  await world.settle()
  console.log(world.events.map((e) => e.type), world.logger.lines, world.sandbox.deliveries.map((d) => [d.url, 'status' in d ? d.status : d]))
  console.log(await world.sdk.gmail.get({ principal: { tenantId: 'acme', userId: 'dana' }, connectionId: id }))
  await connectCalendar(world)
  console.log(world.events.map((e) => e.type), world.logger.lines)
  expect(1).toBe(1)
})
