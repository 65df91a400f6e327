import { PGlite } from '@electric-sql/pglite'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '@tenantry/sdk/testing'
import { createPostgresStore } from '@tenantry/server-adapters/store/postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { createWorld } from '../journeys/create-world.ts'
import { live } from '../journeys/meddling.ts'

const minute = 60_000
const pglite = await PGlite.create()

afterAll(() => pglite.close())

/** Tables with a row of the tenant, straight from the database. */
async function tablesOf(tenantId: string): Promise<string[]> {
  const { rows } = await pglite.query<{ name: string }>(
    `select distinct table_name as name from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'`,
  )
  const counts = rows.map(async ({ name }) => {
    const found = await pglite.query(`select 1 from ${name} where tenant_id = $1 limit 1`, [tenantId])
    return found.rows.length > 0 ? [name] : []
  })
  return (await Promise.all(counts)).flat().toSorted()
}

describe('a tenant that is deleted from PostgreSQL', () => {
  it('leaves nothing but its audit log, also while Google is down', async () => {
    const store = createPostgresStore({ pglite })
    await store.migrate()
    const world = createWorld({ store })
    await setUpGoogle(world)
    await connectGmail(world)
    const calendarId = await connectCalendar(world)
    world.sandbox.google.deliverMail('support@acme.test', { from: 'kim@customer.test', subject: 'before', text: 'x' })
    await world.settle()
    expect((await tablesOf('acme')).length).toBeGreaterThan(8)
    const outage = world.sandbox.faults.add({ kind: 'status', status: 503 })
    await world.sdk.calendar.disconnect({ principal, connectionId: calendarId })
    expect(await world.sdk.tenants.delete({ tenantId: 'acme' })).toEqual({ connections: 2, remotePending: 3 })
    expect(await tablesOf('acme')).toEqual(['tenantry_audit', 'tenantry_audit_locks'])
    outage.remove()
    await live(world, 30 * minute, 5 * minute)
    const { watches, channels, topics } = world.sandbox.snapshot()
    expect([watches, channels, topics]).toEqual([[], [], []])
    expect(await tablesOf('acme')).toEqual(['tenantry_audit', 'tenantry_audit_locks'])
    const { rows } = await pglite.query('select 1 from tenantry_goodbyes where sealed is not null')
    expect(rows).toEqual([])
    await store.close()
  }, 60_000)
})
