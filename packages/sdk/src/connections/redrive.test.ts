import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { codeOf } from '../../../../test/journeys/expectations.ts'
import { connectGmail, setUpGoogle, testPrincipal as principal } from '../testing/index.ts'

const minute = 60_000

async function withQuarantine() {
  const handled: string[] = []
  let broken = true
  const world = createWorld({
    on: {
      'message.received': ({ message }) => {
        if (broken) throw new Error('no')
        handled.push(message.subject)
      },
    },
  })
  await setUpGoogle(world)
  const connectionId = await connectGmail(world)
  for (const subject of ['one', 'two']) world.sandbox.google.deliverMail('support@acme.test', { from: 'a@b.test', subject, text: 'x' })
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await world.settle()
    await world.sandbox.clock.advance(15 * minute)
  }
  await world.settle()
  return { world, connectionId, handled, mend: () => (broken = false) }
}

describe('redrive', () => {
  it('tries again, at once, what was set aside, and says how much', async () => {
    const { world, connectionId, handled, mend } = await withQuarantine()
    const report = await world.sdk.gmail.diagnose({ principal, connectionId, checks: ['items'] })
    expect(report.checks[0]).toMatchObject({
      status: 'warn',
      code: 'items_quarantined',
      values: { count: '2' },
      fix: { id: 'redrive', automatic: true },
    })
    mend()
    expect(await world.sdk.gmail.redrive({ principal, connectionId })).toEqual({ redriven: 2 })
    await world.settle()
    expect(handled.toSorted()).toEqual(['one', 'two'])
    expect((await world.sdk.gmail.diagnose({ principal, connectionId, checks: ['items'] })).checks[0]).toMatchObject({ status: 'pass' })
    expect(await world.sdk.gmail.redrive({ principal, connectionId })).toEqual({ redriven: 0 })
  })

  it('is asked like a sync, and leaves another tenant’s items alone', async () => {
    const { world, connectionId } = await withQuarantine()
    const globex = { ...principal, tenantId: 'globex' }
    expect(await codeOf(world.sdk.gmail.redrive({ principal: globex, connectionId }))).toBe('not_found')
    const careful = createWorld({ store: world.store, secrets: world.secrets, authorize: ({ action }) => action !== 'connection.sync' })
    expect(await codeOf(careful.sdk.gmail.redrive({ principal, connectionId }))).toBe('forbidden')
    expect(await world.store.outbox.count('acme', connectionId, 'quarantined')).toBe(2)
  })
})
