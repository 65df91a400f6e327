import { describe, expect, it } from 'vitest'
import type { TroubleBook } from '../faults/trouble-book.ts'
import { createVirtualTime } from '../time/virtual-time.ts'
import type { Exchange } from '../world/exchange.ts'
import { createTruth } from '../world/truth.ts'
import type { Site } from '../world/truth.ts'
import { watchDeadGrants } from './dead-grants.ts'
import { createLedger } from './ledger.ts'
import { watchCanaries } from './no-canary.ts'
import { checkEvent, checkMail } from './nothing-lost.ts'
import { watchFamilies } from './lost-families.ts'
import { watchOwnTenantOnly } from './own-tenant-only.ts'
import { watchPipes } from './pipes-alive.ts'
import { watchQuotas } from './quotas-kept.ts'
import { calm, newExchange, newSite, troubled } from './samples.ts'
import { watchSingleExchange } from './single-exchange.ts'

const minute = 60_000
const hour = 60 * minute

const truthOf = (site: Site) => createTruth([{ id: site.tenantId, sites: [site], projectId: 'p', clientId: 'k', entra: null, gone: false }])

describe('at most one exchange in flight', () => {
  const exchange = newExchange({ service: 'token', refreshToken: 'EXAMPLE_grant', grant: 'EXAMPLE_grant' })

  it('finds a second one', () => {
    const watch = watchSingleExchange(() => 1)
    watch.begun?.(exchange)
    watch.begun?.(exchange)
    expect(watch.ledger.broken).toBe(1)
  })

  it('does not look at two whose clocks are so far apart that no lease helps', () => {
    const watch = watchSingleExchange(() => 1)
    watch.begun?.(exchange)
    watch.begun?.({ ...exchange, skewMs: hour })
    expect([watch.ledger.broken, watch.ledger.checks]).toEqual([0, 1])
  })

  it('holds for one after the other, and for two rows of one grant', () => {
    const one = watchSingleExchange(() => 1)
    for (let turn = 0; turn < 3; turn += 1) {
      one.begun?.(exchange)
      one.ended?.(exchange, '')
    }
    const two = watchSingleExchange(() => 2)
    two.begun?.(exchange)
    two.begun?.(exchange)
    expect([one.ledger.broken, two.ledger.broken, one.ledger.checks]).toEqual([0, 0, 3])
  })
})

describe('no lost item', () => {
  const mail = { id: 'm1', site: newSite(), at: 1, must: true, broughtBack: false }
  const event = { id: 'e1', etag: '"2"', status: 'confirmed' }

  it.each([0, 2])('finds a mail that was told %i times', (times) => {
    const ledger = createLedger('')
    checkMail(ledger, 2, mail, times)
    expect(ledger.violations[0]?.words).toContain(`told ${times} times`)
  })

  it('holds for what was told once, and for what nobody had to be told', () => {
    const ledger = createLedger('')
    checkMail(ledger, 2, mail, 1)
    checkMail(ledger, 2, { ...mail, must: false }, 0)
    expect([ledger.broken, ledger.checks]).toEqual([0, 2])
  })

  it('finds an event that was never told, told in an older state, or ended for nothing', () => {
    const ledger = createLedger('')
    checkEvent(ledger, 2, newSite(), event, undefined)
    checkEvent(ledger, 2, newSite(), event, { etag: '"1"', status: 'confirmed' })
    checkEvent(ledger, 2, newSite(), event, { etag: '"2"', status: 'cancelled' })
    checkEvent(ledger, 2, newSite(), { ...event, status: 'cancelled' }, { etag: '"2"', status: 'confirmed' })
    expect(ledger.broken).toBe(4)
  })

  it('holds for the newest state', () => {
    const ledger = createLedger('')
    checkEvent(ledger, 2, newSite(), event, { etag: '"2"', status: 'confirmed' })
    checkEvent(ledger, 2, newSite(), { ...event, status: 'cancelled' }, undefined)
    expect(ledger.broken).toBe(0)
  })
})

describe('no cross-tenant read', () => {
  it('finds credentials that reach for another, and a wrong addressee', () => {
    const watch = watchOwnTenantOnly()
    watch.begun?.(newExchange({ resourceTenant: 'b' }))
    watch.begun?.(newExchange({ service: 'token', parties: ['a', 'b'] }))
    watch.told(1, 'a', 'b')
    watch.begun?.(newExchange({ resourceTenant: 'a', parties: ['a'] }))
    watch.told(1, 'a', 'a')
    expect([watch.ledger.broken, watch.ledger.checks]).toEqual([3, 5])
  })
})

describe('no pipe ends', () => {
  const open = async (book: Pick<TroubleBook, 'touches'>, renewed: boolean) => {
    const time = createVirtualTime(0, () => false)
    const watch = watchPipes(time, truthOf(newSite()), book)
    const answer = (expiresAt: number) =>
      watch.ended?.(
        newExchange({ path: '/gmail.googleapis.com/gmail/v1/users/me/watch', endedAt: time.now() }),
        JSON.stringify({ expiration: String(expiresAt) }),
      )
    answer(48 * hour)
    await time.runUntil(24 * hour)
    if (renewed) answer(72 * hour)
    await time.runUntil(49 * hour)
    return watch.ledger
  }

  it('finds one that nobody renewed', async () => {
    expect((await open(calm, false)).broken).toBe(1)
  })

  it('holds for one that was renewed, and says nothing when the provider was in trouble', async () => {
    expect(await open(calm, true)).toMatchObject({ broken: 0, checks: 1 })
    expect(await open(troubled, false)).toMatchObject({ broken: 0, checks: 0 })
  })
})

describe('needs_reauth when the grant is dead', () => {
  const watch = (status: 'connected' | 'needs_reauth', book = calm) => {
    const time = createVirtualTime(0, () => false)
    return { time, ...watchDeadGrants({ time, book, statusOf: async () => status, boundMs: hour }) }
  }

  it('finds a living grant that is called dead', () => {
    const { needsReauth, ledger } = watch('needs_reauth')
    needsReauth(newSite(), hour, 'grant_revoked')
    needsReauth(newSite({ kills: [{ from: 0, to: Infinity }] }), hour, 'grant_revoked')
    expect([ledger.broken, ledger.checks]).toEqual([1, 2])
  })

  it('finds a dead one that nobody notices', async () => {
    const { killed, ledger, time } = watch('connected')
    killed(newSite({ state: 'revoked' }))
    await time.runUntil(2 * hour)
    expect(ledger.broken).toBe(1)
  })

  it('waits as long as something stands in the way, and holds when it was noticed', async () => {
    const late = watch('connected', troubled)
    late.killed(newSite({ state: 'revoked' }))
    await late.time.runUntil(10 * hour)
    const noticed = watch('needs_reauth')
    noticed.killed(newSite({ state: 'revoked' }))
    await noticed.time.runUntil(2 * hour)
    expect([late.ledger.checks, noticed.ledger.broken, noticed.ledger.checks]).toEqual([0, 0, 1])
  })
})

describe('quotas kept', () => {
  const refused = (limit: 'account' | 'project') => newExchange({ status: 429, limit, endedAt: 0, retryAt: 30 * minute })

  it('finds one that asks before its time', () => {
    const watch = watchQuotas(3)
    watch.ended?.(refused('account'), '')
    watch.begun?.(newExchange({ at: 10 * minute }))
    watch.begun?.(newExchange({ at: 30 * minute }))
    expect([watch.ledger.broken, watch.ledger.checks]).toEqual([1, 2])
  })

  it('knows that a worker takes to its grave what it was told at last, and no more', () => {
    const after = (life: string, diedAt: number) => {
      const watch = watchQuotas(3)
      watch.ended?.({ ...refused('account'), life: 'a' }, '')
      watch.died(life, diedAt)
      watch.begun?.(newExchange({ at: 10 * minute }))
      return watch.ledger.broken
    }
    expect([after('a', 10_000), after('a', 11_000), after('b', 10_000)]).toEqual([0, 1, 1])
  })

  it('does not count what a dead worker is told, nor forget what another was', () => {
    const watch = watchQuotas(3)
    watch.died('a', 0)
    watch.ended?.({ ...refused('account'), life: 'a' }, '')
    watch.begun?.(newExchange({ at: 10 * minute }))
    expect(watch.ledger.checks).toBe(0)
    watch.ended?.({ ...refused('account'), life: 'b' }, '')
    watch.ended?.({ ...refused('account'), life: 'c', endedAt: 1 }, '')
    watch.died('c', 1)
    watch.begun?.(newExchange({ at: 10 * minute }))
    expect(watch.ledger.broken).toBe(1)
  })

  it('goes by the clock of the worker that asks', () => {
    const watch = watchQuotas(3)
    watch.ended?.(refused('account'), '')
    watch.begun?.(newExchange({ at: 10 * minute, skewMs: 25 * minute }))
    watch.begun?.(newExchange({ at: 10 * minute, skewMs: 15 * minute }))
    watch.begun?.(newExchange({ at: 10 * minute, skewMs: -5 * minute }))
    expect([watch.ledger.broken, watch.ledger.checks]).toEqual([2, 3])
  })

  it('finds a project that is asked too often by all together', () => {
    const watch = watchQuotas(3)
    watch.ended?.(refused('project'), '')
    for (let box = 0; box < 5; box += 1)
      watch.begun?.(newExchange({ at: 10 * minute, owner: { tenantId: 'a', address: `box-${box}@a.test` } }))
    expect(watch.ledger.broken).toBe(2)
  })
})

describe('sign-ins that a strict server ended', () => {
  const used = (given: Partial<Exchange> = {}) => newExchange({ service: 'token', refreshToken: 'EXAMPLE_grant', endedAt: 5, ...given })
  const refusedAfter = (begin: (watch: ReturnType<typeof watchFamilies>) => void) => {
    const lost: string[] = []
    const watch = watchFamilies(({ address }) => void lost.push(address ?? ''))
    begin(watch)
    watch.ended?.(used({ life: 'z', status: 400 }), '{"error":"invalid_grant"}')
    return lost
  }

  it('are told when the answer was lost, or its reader died in that moment', () => {
    expect(refusedAfter((watch) => watch.ended?.(used({ status: 0 }), ''))).toEqual(['box@a.test'])
    expect(
      refusedAfter((watch) => {
        watch.ended?.(used({ life: 'a' }), '{}')
        watch.died('a', 5)
      }),
    ).toEqual(['box@a.test'])
    expect(
      refusedAfter((watch) => {
        watch.died('a', 4)
        watch.ended?.(used({ life: 'a' }), '{}')
      }),
    ).toEqual(['box@a.test'])
  })

  it('are told when two clocks were far apart', () => {
    const both = (skewMs: number) =>
      refusedAfter((watch) => {
        watch.begun?.(used({ life: 'a' }))
        watch.begun?.(used({ life: 'b', skewMs }))
      })
    expect([both(hour), both(minute / 6)]).toEqual([['box@a.test'], []])
  })

  it('are not told for any other use of an old token', () => {
    expect(refusedAfter(() => undefined)).toEqual([])
    expect(refusedAfter((watch) => watch.ended?.(used({ status: 0, isServed: false }), ''))).toEqual([])
    expect(
      refusedAfter((watch) => {
        watch.ended?.(used({ life: 'a' }), '{}')
        watch.died('a', 6)
      }),
    ).toEqual([])
  })
})

describe('no canary', () => {
  it.each(['ya29.EXAMPLE_a', '1//EXAMPLE_r', 'GOCSPX-EXAMPLE_s', 'canary-7@sender.test', '1.EXAMPLE_r', 'eyJhbGciOiJSUzI1NiJ9.e30.x'])(
    'finds %s, and does not repeat it',
    (secret) => {
      const watch = watchCanaries()
      watch.saw(1, 'log', { text: `it is ${secret}` })
      watch.saw(1, 'error', new Error(`no ${secret}`))
      watch.saw(1, 'log', { text: 'nothing' })
      expect([watch.ledger.broken, watch.ledger.checks]).toEqual([2, 3])
      expect(JSON.stringify(watch.ledger.violations)).not.toContain(secret)
    },
  )
})
