import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import type { MessageReceived } from '@tenantry/sdk'
import { TenantryError } from '@tenantry/sdk/errors'
import { connectGmail, createMemoryStore, setUpGoogle } from '@tenantry/sdk/testing'
import type { MemoryStore } from '@tenantry/sdk/testing'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import type { PostgresStore } from '@tenantry/server-adapters/store/postgres'
import { startPostgres, whyNoPostgres } from '../../packages/server-adapters/src/testing-postgres/start-postgres.ts'
import { listCorpora } from '../mail/list-corpora.ts'
import type { CorpusMail } from '../mail/list-corpora.ts'
import { createWorld } from './create-world.ts'
import { live } from './meddling.ts'
import { hour } from './watching.ts'

const reason = whyNoPostgres()
const server = reason === null ? startPostgres() : null
afterAll(async () => (await server)?.stop())

const memoryTables = ['connections', 'tokens', 'flows', 'subscriptions', 'syncStates', 'inbox', 'outbox', 'contents', 'tasks'] as const

interface Ground {
  readonly store: MemoryStore | PostgresStore
  /** All rows of a table, as they lie there. */
  rows(): Promise<Map<string, readonly unknown[]>>
}

async function onMemory(): Promise<Ground> {
  const store = createMemoryStore()
  return { store, rows: async () => new Map(memoryTables.map((name) => [name, store.rows(name)])) }
}

async function onPostgres(connectionString: string | null): Promise<Ground> {
  const store = createPostgresStore(connectionString === null ? { dataDir: 'memory://' } : { connectionString })
  await store.migrate()
  return {
    store,
    async rows() {
      const tables = (await store.database.introspection.getTables()).filter(({ name }) => name.startsWith('tenantry_'))
      const all = await Promise.all(
        tables.map(({ name }) =>
          store.database
            .selectFrom(name as 'tenantry_outbox')
            .selectAll()
            .execute(),
        ),
      )
      return new Map(tables.map(({ name }, at) => [name.replace('tenantry_', ''), all[at] ?? []]))
    },
  }
}

const grounds: [string, string | null, () => Promise<Ground>][] = [
  ['memory', null, onMemory],
  ['the embedded PostgreSQL', null, () => onPostgres(null)],
  ['a real PostgreSQL', reason, async () => onPostgres((await server)?.connectionString ?? '')],
]

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url')

/** Everything in the rows as one text; bytes as Latin-1, so that text in them stays readable. */
function textOf(tables: Map<string, readonly unknown[]>): string {
  const show = (value: unknown): string => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
    return typeof value === 'object' && value !== null ? Object.values(value).map(show).join('\n') : String(value)
  }
  return [...tables.values()].flat().map(show).join('\n')
}

/** Pieces of a mail by which it would be recognised. */
function tracesOf({ bytes }: CorpusMail): string[] {
  const raw = Buffer.from(bytes)
  const lines = raw.toString('latin1').split(/\r?\n/)
  const long = lines.filter((line) => /^[\x20-\x7e]{24,}$/.test(line))
  const subject = lines.find((line) => /^subject: .{12,}$/i.test(line))?.slice(9)
  const some = [long[0], long[Math.floor(long.length / 2)], long.at(-1), subject].filter((line) => line !== undefined)
  return [...some, raw.subarray(0, 30).toString('base64'), raw.subarray(0, 30).toString('base64url'), raw.subarray(0, 30).toString('hex')]
}

describe.each(grounds)('real mail on %s', (_, skip, open) => {
  it.skipIf(skip !== null)(
    'all of 250 arrive, byte for byte; while they wait nothing of them can be read in the store; afterwards none of their bytes is kept',
    async () => {
      const mails = (await listCorpora()).slice(0, 250)
      expect(mails.length).toBeGreaterThanOrEqual(200)
      const ground = await open()
      let mayPass = false
      const got: MessageReceived[] = []
      const world = createWorld({
        store: ground.store,
        on: {
          'message.received': (event) => {
            if (!mayPass) throw new TenantryError('unavailable')
            got.push(event)
          },
        },
      })
      await setUpGoogle(world)
      await connectGmail(world)
      world.sandbox.google.deliverMany(
        'support@acme.test',
        mails.map(({ bytes }) => ({ eml: bytes })),
      )
      await world.settle()
      expect(got).toEqual([])
      const waiting = await ground.rows()
      expect(waiting.get('contents')).toHaveLength(mails.length)
      const text = textOf(waiting)
      // The scan sees what lies there in clear.
      expect(text).toContain('support@acme.test')
      expect(text.length).toBeGreaterThan(mails.reduce((sum, { bytes }) => sum + bytes.length, 0))
      expect(mails.filter((mail) => tracesOf(mail).some((trace) => text.includes(trace))).map(({ name }) => name)).toEqual([])

      mayPass = true
      await live(world, hour, 10 * 60_000)
      expect(got.map(({ message }) => sha256(message.raw)).toSorted()).toEqual(mails.map(({ bytes }) => sha256(bytes)).toSorted())
      expect(got.filter(({ message }) => message.rawHash !== sha256(message.raw))).toEqual([])
      expect(new Set(got.map(({ id }) => id)).size).toBe(mails.length)
      await live(world, 3 * hour, hour)
      const after = await ground.rows()
      expect(after.get('contents')).toEqual([])
      expect(after.get('outbox')?.length).toBeGreaterThanOrEqual(mails.length)
      await world.store.close()
    },
    60_000,
  )
})
