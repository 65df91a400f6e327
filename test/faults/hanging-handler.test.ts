import { setTimeout as wait } from 'node:timers/promises'
import { connectGmail, setUpGoogle } from '@tenantry/sdk/testing'
import { createInProcessJobs } from '@tenantry/server-adapters/jobs/in-process'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { expect, it } from 'vitest'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { createWorld } from '../journeys/create-world.ts'
import type { World } from '../journeys/create-world.ts'
import { createDeferred } from './deferred.ts'

const minute = 60_000
/** The runner's seconds. */
const faster = 20

it.skipIf(whyNoPostgres() !== null)('a handler that does not end keeps no other tenant waiting, whatever tick it is in', async () => {
  const server = await startPostgres()
  const store = createPostgresStore({ connectionString: server.connectionString, leaseClock: 'caller' })
  await store.migrate()
  const handler = createDeferred()
  const told = new Set<string>()
  const world: World = createWorld({
    store,
    jobs: createInProcessJobs({
      clock: { now: () => world.sandbox.clock.now() },
      timers: { set: (run, ms) => setTimeout(run, ms / faster), clear: (timer) => clearTimeout(timer as NodeJS.Timeout) },
    }),
    on: {
      'message.received': async ({ message }) => {
        told.add(message.subject)
        if (message.subject === 'hangs') await handler.promise
      },
    },
  })
  world.sandbox.google.createAccount({ address: 'help@globex.test' })
  await setUpGoogle(world)
  await connectGmail(world)
  const globex = { tenantId: 'globex', userId: 'gail' }
  await setUpGoogle(world, { principal: globex })
  await connectGmail(world, { principal: globex, address: 'help@globex.test' })
  await world.sdk.start()

  const isTold = async (address: string, subject: string): Promise<boolean> => {
    world.sandbox.google.deliverMail(address, { from: 'a@b.test', subject, text: 'x' })
    for (let round = 0; round < 100 && !told.has(subject); round += 1) {
      await world.sandbox.clock.advance(100)
      await wait(50)
    }
    return told.has(subject)
  }
  expect(await isTold('support@acme.test', 'hangs')).toBe(true)
  expect(await isTold('help@globex.test', 'within the sweep')).toBe(true)
  // Its time is over, and it still waits for the handler.
  await world.sandbox.clock.advance(minute)
  expect(await isTold('help@globex.test', 'after the sweep')).toBe(true)

  let stopped = false
  const stopping = world.sdk.stop().then(() => (stopped = true))
  await wait(500)
  expect(stopped).toBe(false)
  handler.resolve()
  await stopping
  await store.close()
  await server.stop()
})
