import { setImmediate as turn } from 'node:timers/promises'
import type { JobRunner, Logger } from '@tenantry/sdk/ports'
import pg from 'pg'
import { PgBoss, TestClock } from 'pg-boss'
import { createPgBossJobs } from '../pg-boss.ts'
import type { Timers } from '../timers.ts'

const schema = 'pgboss'
const clockTable = `${schema}.__pgboss_test_clock`
const stepMs = 1000

/** pg-boss on a real database, in a time that passes only when it is told to: here and in the database alike. */
export async function createBossWorld(connectionString: string, options: { readonly logger?: Logger } = {}) {
  const { logger = { log: () => undefined } } = options
  const pool = new pg.Pool({ connectionString, max: 2 })
  await pool.query(`drop schema if exists ${schema} cascade`)
  const time = new TestClock(Date.UTC(2026, 0, 1, 12))
  // A clock that is set anew moves no timer, and the one of pg-boss would.
  let ahead = 0
  const clock = {
    now: () => time.now() + ahead,
    setTimeout: (run: () => void, ms: number) => time.setTimeout(run, ms),
    setInterval: (run: () => void, ms: number) => time.setInterval(run, ms),
    clearTimeout: (timer: unknown) => time.clearTimeout(timer),
    clearInterval: (timer: unknown) => time.clearInterval(timer),
    attach: (...target: Parameters<TestClock['attach']>) => time.attach(...target),
  }
  const bosses = new Set<{ readonly boss: PgBoss; lost: boolean }>()

  const timers: Timers = { set: (run, ms) => clock.setTimeout(run, ms), clear: (timer) => clock.clearTimeout(timer) }

  const createRunner = async (): Promise<{ readonly jobs: JobRunner; readonly boss: PgBoss; lose(): void }> => {
    const boss = new PgBoss({ connectionString, schema, clock, max: 3, superviseIntervalSeconds: 60 })
    const entry = { boss, lost: false }
    bosses.add(entry)
    const db = boss.getDb()
    const executeSql = db.executeSql.bind(db)
    db.executeSql = (text, values) => {
      // The clock is not the engine's, and goes on.
      if (text.startsWith(`UPDATE ${clockTable}`)) return executeSql(text, [clock.now() / 1000])
      if (entry.lost) return Promise.reject(Object.assign(new Error('EXAMPLE_secret in words of the engine'), { code: 'ECONNREFUSED' }))
      return executeSql(text, values)
    }
    await boss.start()
    return { jobs: createPgBossJobs({ boss, clock, timers, logger }), boss, lose: () => void (entry.lost = true) }
  }

  /** Handlers are the process's own: they get a few turns to end, as they would in real time. */
  const settle = async (): Promise<void> => {
    for (let at = 0; at < 20; at += 1) await turn()
  }

  return {
    clock,
    pool,
    createRunner,
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= stepMs) {
        await time.tick(Math.min(left, stepMs))
        await settle()
      }
      await settle()
    },
    async jump(ms: number) {
      ahead += ms
      await pool.query(`update ${clockTable} set now = to_timestamp($1)`, [clock.now() / 1000])
    },
    /** Every row of every table of the engine. */
    async stored(): Promise<readonly unknown[]> {
      const { rows: tables } = await pool.query<{ name: string }>(
        `select quote_ident(tablename) as name from pg_tables where schemaname = '${schema}'`,
      )
      const contents = await Promise.all(tables.map(({ name }) => pool.query(`select * from ${schema}.${name}`)))
      return contents.flatMap(({ rows }) => rows)
    },
    async close() {
      for (const entry of bosses) {
        entry.lost = false
        await entry.boss.stop({ graceful: false })
      }
      await pool.end()
    },
  }
}
