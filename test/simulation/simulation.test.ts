import { describe, expect, it } from 'vitest'
import { measureFairness } from './measure-fairness.ts'
import { simulate } from './simulate.ts'

const given = Number(process.env['TENANTRY_SIM_SEED'] ?? Number.NaN)
const seed = Number.isInteger(given) ? given : Date.now() % 2 ** 31

describe('a deployment that lives', () => {
  it(`keeps all its promises for twenty days, whatever befalls it (TENANTRY_SIM_SEED=${seed})`, { timeout: 300_000 }, async () => {
    const mailboxes = { sharedMailboxes: 6, pollEveryMs: 15 * 60_000 }
    const { rules, faults } = await simulate({ seed, connections: 70, days: 20, largest: 40, trouble: 2, ...mailboxes })
    expect(rules.flatMap(({ rule, violations }) => violations.map(({ at, words }) => `${rule}: ${words} (${at})`))).toEqual([])
    expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(100)
    expect(rules.map(({ checks }) => checks).filter((checks) => checks > 0).length).toBeGreaterThanOrEqual(5)
  })

  it('lives the same life with the same seed, and another with another', { timeout: 120_000 }, async () => {
    const digestOf = async (life: number, sharedMailboxes = 0) =>
      (await simulate({ seed: life, connections: 12, days: 4, largest: 5, sharedMailboxes, pollEveryMs: 15 * 60_000 })).digests
    expect(await digestOf(7)).toEqual(await digestOf(7))
    expect(await digestOf(8)).not.toEqual(await digestOf(7))
    expect(await digestOf(7, 4)).toEqual(await digestOf(7, 4))
  })

  it('has the host send from shared mailboxes, and be told of each message once', { timeout: 120_000 }, async () => {
    const { sent, sharedMailboxes, requests, rules } = await simulate({
      seed,
      connections: 4,
      sharedMailboxes: 4,
      days: 5,
      itemsPerDay: 6,
      trouble: 5,
      pollEveryMs: 15 * 60_000,
    })
    expect(rules.flatMap(({ rule, violations }) => violations.map(({ at, words }) => `${rule}: ${words} (${at})`))).toEqual([])
    expect(sharedMailboxes).toBe(4)
    expect(sent).toBeGreaterThan(0)
    expect(requests['graph']).toBeGreaterThan(100)
  })

  it('lets no tenant wait for a whale', { timeout: 120_000 }, async () => {
    const { ratio } = await measureFairness({ seed: 1, whale: 150, small: 30 })
    expect(ratio).toBeLessThanOrEqual(2)
  })
})
