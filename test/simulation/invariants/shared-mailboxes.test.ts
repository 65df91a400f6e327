import { describe, expect, it } from 'vitest'
import type { TroubleBook } from '../faults/trouble-book.ts'
import { createVirtualTime } from '../time/virtual-time.ts'
import type { Exchange } from '../world/exchange.ts'
import { createOwners } from '../world/owners.ts'
import { createTruth } from '../world/truth.ts'
import type { Site, Tenant } from '../world/truth.ts'
import { watchDeadGrants } from './dead-grants.ts'
import { createLedger } from './ledger.ts'
import { checkAnswer, checkMail } from './nothing-lost.ts'
import { watchOwnTenantOnly } from './own-tenant-only.ts'
import { watchPipes } from './pipes-alive.ts'
import { watchQuotas } from './quotas-kept.ts'
import { calm, newExchange, newSite, troubled } from './samples.ts'
import { watchSingleExchange } from './single-exchange.ts'

const minute = 60_000
const hour = 60 * minute

const newMailbox = (tenantId: string, given: Partial<Site> = {}): Site =>
  newSite({ tenantId, provider: 'sharedMailbox', address: `desk@${tenantId}.test`, ...given })

const newTenant = (id: string): Tenant => ({
  id,
  sites: [newMailbox(id)],
  projectId: '',
  clientId: '',
  entra: { directoryId: 'd', clientId: `app-of-${id}`, secretId: 's' },
  gone: false,
})

/** Its mailbox is read. */
const newRead = (given: Partial<Exchange> = {}): Exchange =>
  newExchange({
    service: 'graph',
    path: '/graph.microsoft.com/v1.0/users/desk%40a.test/mailFolders/inbox/messages/delta',
    owner: { tenantId: 'a', address: 'desk@a.test' },
    ...given,
  })

it('finds an app that is let in twice at once, and not one whose approval is being proven', () => {
  const exchange = newRead({ service: 'token', grant: 'app-of-a' })
  const watch = watchSingleExchange(() => 1)
  watch.begun?.(exchange)
  watch.begun?.({ ...exchange, worker: 'front' })
  expect(watch.ledger.broken).toBe(0)
  watch.begun?.(exchange)
  expect([watch.ledger.broken, watch.ledger.checks]).toEqual([1, 2])
})

describe('what is lost', () => {
  const mail = { id: 'm1', site: newMailbox('a'), at: 1, must: true, broughtBack: false }
  const answer = (...told: string[]) => ({ key: 'k', site: newMailbox('a'), subject: 'Re: a', told: new Set(told), wasApart: false })
  const judge = (told: readonly string[], copies: number, isPossible: boolean) => {
    const ledger = createLedger('')
    checkAnswer(ledger, 1, answer(...told), copies, isPossible)
    return ledger.violations.length === 0
  }

  it('is a mail that was never told, or twice', () => {
    const ledger = createLedger('')
    for (const times of [0, 1, 2]) checkMail(ledger, 1, mail, times)
    expect([ledger.broken, ledger.checks]).toEqual([2, 3])
  })

  it('is an answer that the host takes for sent, and one that went out twice or under two names', () => {
    expect([judge(['<1@a>'], 0, true), judge(['<1@a>'], 2, true), judge([], 2, false), judge(['<1@a>', '<2@a>'], 1, true)]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('is an answer that nobody was told of although it could be sent', () => {
    expect([judge([], 1, true), judge([], 0, true), judge([], 1, false), judge([], 0, false), judge(['<1@a>'], 1, true)]).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
  })
})

it('finds the token of an app in the mailbox of another tenant, and what another tenant’s app asked for', () => {
  const owners = createOwners(createTruth([newTenant('a'), newTenant('b')]))
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'app-of-a' })
  owners.learnAnswer(form, JSON.stringify({ access_token: 'EXAMPLE_token' }), 0)
  const watch = watchOwnTenantOnly()
  const reach = (mailbox: string) => {
    const path = `/graph.microsoft.com/v1.0/users/${mailbox}/messages/m1`
    watch.begun?.(newRead({ path, owner: owners.ofBearer('Bearer EXAMPLE_token', path), resourceTenant: owners.ofPath(path) }))
    return watch.ledger.broken
  }
  expect([reach('desk%40a.test'), reach('desk%40b.test')]).toEqual([0, 1])
  expect([reach('DESK%40B.test'), watch.ledger.checks]).toEqual([2, 3])
  expect(owners.ofForm(form)).toEqual({ owner: { tenantId: 'a', address: null }, parties: ['a'] })
})

describe('a subscription', () => {
  const live = async (book: Pick<TroubleBook, 'touches'>, act: (pipe: ReturnType<typeof openOne>) => Promise<void>) => {
    const pipe = openOne(book)
    await act(pipe)
    return { broken: pipe.ledger.broken, checks: pipe.ledger.checks }
  }
  const openOne = (book: Pick<TroubleBook, 'touches'>) => {
    const time = createVirtualTime(0, () => false)
    const tenant = newTenant('a')
    const watch = watchPipes(time, createTruth([tenant]), book)
    const answer = (method: 'POST' | 'PATCH', status: number, expiresAt: number) =>
      watch.ended?.(
        newRead({ method, status, path: '/graph.microsoft.com/v1.0/subscriptions', endedAt: time.now() }),
        JSON.stringify({
          resource: '/users/desk%40a.test/mailFolders/inbox/messages',
          expirationDateTime: new Date(expiresAt).toISOString(),
        }),
      )
    answer('POST', 201, 70 * hour)
    return { time, answer, ledger: watch.ledger, take: () => tenant.sites.forEach(watch.took) }
  }

  it('that nobody renews ends, and is found', async () => {
    const found = await live(calm, async ({ time, answer }) => {
      await time.runUntil(30 * hour)
      // Refused.
      answer('PATCH', 404, 140 * hour)
      await time.runUntil(71 * hour)
    })
    expect(found).toEqual({ broken: 1, checks: 1 })
  })

  it('that is renewed lives, and nothing is said while Graph was in trouble', async () => {
    const renewed = await live(calm, async ({ time, answer }) => {
      await time.runUntil(30 * hour)
      answer('PATCH', 200, 100 * hour)
      await time.runUntil(71 * hour)
    })
    expect(renewed).toEqual({ broken: 0, checks: 1 })
    expect(await live(troubled, ({ time }) => time.runUntil(71 * hour))).toEqual({ broken: 0, checks: 0 })
  })

  it('that was taken away is replaced, or found', async () => {
    const left = await live(calm, async ({ time, take }) => {
      await time.runUntil(hour)
      take()
      await time.runUntil(40 * hour)
    })
    const replaced = await live(calm, async ({ time, take, answer }) => {
      await time.runUntil(hour)
      take()
      await time.runUntil(20 * hour)
      answer('POST', 201, 90 * hour)
      await time.runUntil(71 * hour)
    })
    expect([left, replaced]).toEqual([
      { broken: 1, checks: 1 },
      { broken: 0, checks: 2 },
    ])
  })
})

it('finds a delegate who is asked to sign in for nothing, and one whose dead sign-in nobody notices', async () => {
  const time = createVirtualTime(0, () => false)
  const grants = watchDeadGrants({ time, book: calm, statusOf: async () => 'degraded', boundMs: hour })
  const mailbox = newMailbox('a', { delegate: 'person@a.test' })
  grants.needsReauth(mailbox, hour, 'grant_revoked')
  grants.killed({ ...mailbox, state: 'revoked' })
  await time.runUntil(2 * hour)
  expect([grants.ledger.broken, grants.ledger.checks]).toEqual([2, 2])
  // A colleague's mailbox was connected anew by the same person, and that served it too.
  grants.killed({ ...mailbox, state: 'revoked', kills: [{ from: 2 * hour, to: 2.5 * hour }] })
  await time.runUntil(4 * hour)
  expect(grants.ledger.checks).toBe(2)
})

it('finds a mailbox that is asked before its time, and lets the host send when it wants to', () => {
  const watch = watchQuotas(3)
  watch.ended?.(newRead({ status: 429, limit: 'account', endedAt: 0, retryAt: 30 * minute }), '')
  watch.begun?.(newRead({ at: 10 * minute }))
  watch.begun?.(newRead({ at: 10 * minute, method: 'POST', path: '/graph.microsoft.com/v1.0/users/desk%40a.test/sendMail' }))
  expect([watch.ledger.broken, watch.ledger.checks]).toEqual([1, 1])
})
