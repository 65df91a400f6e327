import { describeJobRunner } from '@tenantry/sdk/testing/contracts'
import { afterAll, beforeAll, describe, vi } from 'vitest'
import { startPostgres, whyNoPostgres } from '../testing-postgres/start-postgres.ts'
import type { RunningPostgres } from '../testing-postgres/start-postgres.ts'
import { createBossWorld } from './testing/boss-world.ts'

const reason = whyNoPostgres()

describe.skipIf(reason !== null)('pg-boss on PostgreSQL', () => {
  let postgres: RunningPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())

  describeJobRunner('createPgBossJobs', {
    create: async () => {
      const world = await createBossWorld(postgres.connectionString)
      const { jobs, lose } = await world.createRunner()
      return {
        ...world,
        jobs,
        peer: async () => (await world.createRunner()).jobs,
        lose: async () => lose(),
        async crash() {
          const victim = await world.createRunner()
          const tick = vi.fn<() => Promise<never>>(() => new Promise(() => undefined))
          await victim.jobs.start(tick)
          while (tick.mock.calls.length === 0) await world.pass(1000)
          victim.lose()
        },
      }
    },
  })
})
