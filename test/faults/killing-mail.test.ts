import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import type { ItemSkipped } from '@tenantry/sdk'
import { expect, it } from 'vitest'
import { createDeferred } from './deferred.ts'
import { createGround, startProcess } from './ground.ts'
import type { Ground, Process } from './ground.ts'

const minute = 60_000
const address = 'support@acme.test'

/** What the host was told. */
interface Told {
  readonly subjects: string[]
  readonly skipped: ItemSkipped[]
}

/** A process that dies as soon as it has read a certain message, and everything else that it was doing with it. */
function startFrail(ground: Ground, told: Told, deadlyId: () => string): { world: Process; died: Promise<void> } {
  const { promise: died, resolve: die } = createDeferred()
  const never = new Promise<never>(() => undefined)
  let dead = false
  const fetch = async (request: Request): Promise<Response> => {
    if (dead) return never
    const response = await ground.sandbox.fetch(request)
    if (!new URL(request.url).pathname.endsWith(`/messages/${deadlyId()}`)) return response
    dead = true
    die()
    return never
  }
  const on = {
    'message.received': ({ message }: { message: { subject: string } }) => void told.subjects.push(message.subject),
    'connection.item_skipped': (event: ItemSkipped) => void told.skipped.push(event),
  }
  return { world: startProcess({ ...ground, sandbox: { ...ground.sandbox, fetch } }, on, null), died }
}

it.each([3, 20, 120])('a message that ends the process takes none of %i others with it', async (count) => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address })
  const told: Told = { subjects: [], skipped: [] }
  let deadlyId = 'none yet'
  const start = () => startFrail(ground, told, () => deadlyId)
  const { world } = start()
  await setUpGoogle(world)
  await connectGmail(world)
  const deliver = (subject: string) => ground.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
  const others = Array.from({ length: count }, (_, at) => `mail ${at}`)
  deliver('first')
  deadlyId = deliver('deadly').id
  for (const subject of others) deliver(subject)
  await ground.sandbox.clock.advance(2_000)
  let deaths = 0
  const liveOn = async (times: number) => {
    for (let at = 0; at < times; at += 1) {
      const process = start()
      await Promise.race([process.world.settle(), process.died.then(() => (deaths += 1))])
      // Its leases run out.
      await ground.sandbox.clock.advance(6 * minute)
    }
  }
  await liveOn(6)
  expect(told.subjects.toSorted()).toEqual(['first', ...others].toSorted())
  await liveOn(4)
  expect(deaths).toBe(5)
  expect(told.skipped).toMatchObject([{ stage: 'fetch', code: 'internal', attempts: 5 }])
  deliver('later')
  await liveOn(2)
  expect(told.subjects).toHaveLength(count + 2)
  expect(deaths).toBe(5)
})

it('messages that nobody has settled in five attempts are set aside, and no look fails of it', async () => {
  const ground = createGround()
  ground.sandbox.google.createAccount({ address })
  const told: Told = { subjects: [], skipped: [] }
  const { world } = startFrail(ground, told, () => 'none')
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  await world.settle()
  const fault = ground.sandbox.faults.add({ operation: 'gmail.messages.get', kind: 'status', status: 503 })
  for (const subject of ['one', 'two', 'three'])
    ground.sandbox.google.deliverMail(address, { from: 'kim@customer.test', subject, text: 'x' })
  await ground.sandbox.clock.advance(2_000)
  await world.settle()
  fault.remove()
  const now = ground.sandbox.clock.now()
  for (let at = 0; at < 5; at += 1)
    await ground.store.outbox.takeToFetch('acme', connectionId, { now: now + minute, retryAt: now, limit: 50 })
  await ground.sandbox.clock.advance(minute)
  await world.settle()
  expect(told.skipped).toHaveLength(3)
  expect(world.logger.lines.filter(({ event }) => event === 'task.crashed')).toEqual([])
})
