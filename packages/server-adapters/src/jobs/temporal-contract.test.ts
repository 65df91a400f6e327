import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeJobRunner } from '@tenantry/sdk/testing/contracts'
import { afterAll, beforeAll, describe } from 'vitest'
import { startTemporal, whyNoTemporal } from './testing/start-temporal.ts'
import type { RunningTemporal } from './testing/start-temporal.ts'
import { bundleTick, createTemporalWorld, quieten } from './testing/temporal-world.ts'

const reason = whyNoTemporal()

/** The worker that is killed is a process of its own, which finds the sdk only where it is built. */
const built = existsSync(fileURLToPath(new URL('../../../sdk/dist/errors/index.js', import.meta.url)))
if (!built && process.env['TENANTRY_REQUIRE_TEMPORAL'] === '1') throw new Error('the packages are not built')

// At once, because most of their time is waiting.
describe.skipIf(reason !== null).concurrent('Temporal on a real server', () => {
  let server: RunningTemporal
  beforeAll(async () => {
    quieten()
    ;[server] = await Promise.all([startTemporal(), bundleTick()])
  })
  afterAll(() => server.stop())

  describeJobRunner('createTemporalJobs', {
    create: async () => {
      const world = await createTemporalWorld(server.address)
      return { ...world, jobs: await world.createRunner(), peer: () => world.createRunner() }
    },
    skip: built ? [] : [{ reason: 'the packages are not built', tests: ['ticks on after a process died within its tick'] }],
  })
})
