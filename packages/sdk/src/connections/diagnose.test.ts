import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import type { World } from '../../../../test/journeys/create-world.ts'
import { connectCalendar, connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const hour = 3_600_000

async function connected(options: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(options)
  const setup = await setUpGoogle(world)
  return { world, setup, connectionId: await connectGmail(world) }
}

async function diagnose(world: World, connectionId: string): Promise<Record<string, [status: string, code: string | null]>> {
  const { checks } = await world.sdk.connections.diagnose({ principal, connectionId })
  return Object.fromEntries(checks.map(({ id, status, code }) => [id, [status, code]]))
}

describe('a diagnosis', () => {
  it('passes for a mailbox that works, once something was pushed', async () => {
    const { world, connectionId } = await connected()
    expect(await diagnose(world, connectionId)).toMatchObject({
      grant: ['pass', null],
      scopes: ['pass', null],
      watch: ['pass', null],
      maintenance: ['pass', null],
    })
    world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject: 'x', text: 'x' })
    await world.settle()
    const report = await world.sdk.connections.diagnose({ principal, connectionId })
    expect(report.checks.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(report.checks.find(({ id }) => id === 'grant')).toMatchObject({ actual: 'support@acme.test' })
  })

  it('says that the grant is dead, from Google’s live answer', async () => {
    const { world, setup, connectionId } = await connected()
    world.sandbox.google.revokeGrant('support@acme.test', setup.clientId)
    await world.sandbox.clock.advance(hour)
    expect(await diagnose(world, connectionId)).toMatchObject({ grant: ['fail', 'grant_revoked'], scopes: ['pass', null] })
  })

  it('says that Google does not answer, without blaming the grant', async () => {
    const { world, connectionId } = await connected()
    world.sandbox.faults.add({ operation: /^gmail\./, kind: 'status', status: 503 })
    expect(await diagnose(world, connectionId)).toMatchObject({ grant: ['fail', 'provider_unavailable'] })
    expect(await world.sdk.gmail.get({ principal, connectionId })).toMatchObject({ health: { status: 'connected' } })
  })

  it('says why there is no push', async () => {
    const world = createWorld({ baseUrl: 'http://localhost:3000' })
    await setUpGoogle(world)
    expect(await diagnose(world, await connectCalendar(world))).toMatchObject({
      grant: ['pass', null],
      watch: ['warn', 'push_not_possible'],
    })
  })

  it('says that nobody sweeps, and that the watch is over', async () => {
    const { world, connectionId } = await connected()
    await world.sandbox.clock.advance(2 * hour)
    expect(await diagnose(world, connectionId)).toMatchObject({ maintenance: ['fail', 'internal'], watch: ['pass', null] })
    await world.sandbox.clock.advance(5 * 24 * hour)
    expect(await diagnose(world, connectionId)).toMatchObject({ watch: ['pass', null] })
    await world.sandbox.clock.advance(1.5 * 24 * hour)
    expect(await diagnose(world, connectionId)).toMatchObject({ watch: ['warn', null] })
    await world.sandbox.clock.advance(24 * hour)
    expect(await diagnose(world, connectionId)).toMatchObject({ watch: ['fail', expect.any(String)] })
  })

  it('shows no secret', async () => {
    const { world, connectionId } = await connected()
    expect(JSON.stringify(await world.sdk.connections.diagnose({ principal, connectionId }))).not.toMatch(/EXAMPLE_|PRIVATE KEY|ya29/)
  })
})
