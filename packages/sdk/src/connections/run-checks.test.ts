import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Context } from '../context.ts'
import { ProviderRefusal, TenantryError } from '../errors/index.ts'
import type { CheckId } from '../model/check.ts'
import { fixOf } from '../model/fix-of.ts'
import type { CheckDefinition, CheckOutcome } from '../providers/check.ts'
import { createManualClock, createSilentLogger } from '../testing/index.ts'
import { runChecks } from './run-checks.ts'

afterEach(() => vi.useRealTimers())

function open() {
  const clock = createManualClock()
  const logger = createSilentLogger()
  // All that running checks takes of a context.
  const context = { clock, logger, providers: new Map() } as unknown as Context
  const run = (definitions: readonly CheckDefinition[], only?: readonly CheckId[]) =>
    runChecks(context, definitions, { only, fixOf: (code, values) => fixOf(code, values, 'acme-mail-1') })
  return { clock, logger, run }
}

const passing = (id: CheckId, needs?: CheckId): CheckDefinition => ({ id, ...(needs && { needs }), run: async () => ({}) })
const ending = (id: CheckId, outcome: CheckOutcome, more: Partial<CheckDefinition> = {}): CheckDefinition => ({
  id,
  ...more,
  run: async () => outcome,
})
const throwing = (id: CheckId, error: unknown, needs?: CheckId): CheckDefinition => ({
  id,
  ...(needs && { needs }),
  run: () => Promise.reject(error),
})
const never = (id: CheckId, needs?: CheckId): CheckDefinition => ({ id, ...(needs && { needs }), run: () => new Promise(() => undefined) })

const inShort = (report: Awaited<ReturnType<typeof runChecks>>) =>
  report.checks.map(({ id, status, code, blockedBy }) => [id, status, code ?? blockedBy])

describe('checks', () => {
  it('are answered in the order in which people read them, with all that was seen', async () => {
    const { run } = open()
    const report = await run([
      ending('items', {
        status: 'warn',
        code: 'items_quarantined',
        values: { count: '2' },
        expected: 'e',
        actual: 'a',
        facts: { n: 2, no: null },
      }),
      passing('topic'),
      passing('grant'),
    ])
    expect(report.checks.map(({ id }) => id)).toEqual(['topic', 'grant', 'items'])
    expect(report.checks[2]).toEqual({
      id: 'items',
      status: 'warn',
      code: 'items_quarantined',
      values: { count: '2' },
      expected: 'e',
      actual: 'a',
      facts: { n: 2, no: null },
      fix: { id: 'redrive', automatic: true },
      blockedBy: null,
      durationMs: 0,
    })
  })

  it('run side by side, each timed by itself, and what needs one after it', async () => {
    const { clock, run } = open()
    const order: string[] = []
    const slow = (id: CheckId, needs: CheckId | undefined, ms: number): CheckDefinition => ({
      id,
      ...(needs && { needs }),
      run: async () => {
        order.push(`${id} begins`)
        await Promise.resolve()
        clock.advance(ms)
        order.push(`${id} ends`)
        return {}
      },
    })
    const { checks, startedAt, finishedAt } = await run([
      slow('publisher', 'topic', 7),
      slow('sa_key', undefined, 5),
      slow('topic', undefined, 11),
    ])
    expect(order.slice(0, 2)).toEqual(['topic begins', 'sa_key begins'])
    expect(order.slice(-2)).toEqual(['publisher begins', 'publisher ends'])
    expect(checks.find(({ id }) => id === 'publisher')?.durationMs).toBe(7)
    expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBe(23)
  })

  it('fail alone, and say what they wait for, all down the chain', async () => {
    const { run } = open()
    const report = await run([
      throwing('sa_key', new TenantryError('key_rejected')),
      passing('topic', 'sa_key'),
      passing('publisher', 'topic'),
      passing('client_pair'),
      ending('watch', { status: 'warn', code: 'renewal_late' }),
      passing('delivery', 'watch'),
      passing('labels', 'grant'),
    ])
    expect(inShort(report)).toEqual([
      ['client_pair', 'pass', null],
      ['sa_key', 'fail', 'key_rejected'],
      ['topic', 'skip', 'sa_key'],
      ['publisher', 'skip', 'topic'],
      ['labels', 'pass', null],
      ['watch', 'warn', 'renewal_late'],
      ['delivery', 'pass', null],
    ])
  })

  it('say nothing of what was thrown that is not ours', async () => {
    const { run, logger } = open()
    const report = await run([throwing('grant', new Error('EXAMPLE_secret')), throwing('topic', 'EXAMPLE_text')])
    expect(inShort(report)).toEqual([
      ['topic', 'fail', 'internal'],
      ['grant', 'fail', 'internal'],
    ])
    expect(JSON.stringify([report, logger.lines])).not.toContain('EXAMPLE_')
  })

  it('of a vendor that no provider knows are internal, and not lost', async () => {
    const { run } = open()
    const refusal = new ProviderRefusal({ vendor: 'google', operation: 'gmail.watch', httpStatus: 403, message: 'EXAMPLE_message' })
    expect(inShort(await run([throwing('watch', refusal)]))).toEqual([['watch', 'fail', 'internal']])
  })

  it('answer those alone that were asked for, and run what they need', async () => {
    const { run } = open()
    const ran: string[] = []
    const noting = (id: CheckId, needs?: CheckId): CheckDefinition => ({ id, ...(needs && { needs }), run: async () => (ran.push(id), {}) })
    const all = [noting('sa_key'), noting('topic', 'sa_key'), noting('publisher', 'topic'), noting('grant')]
    expect((await run(all, ['publisher'])).checks.map(({ id }) => id)).toEqual(['publisher'])
    expect(ran).toEqual(['sa_key', 'topic', 'publisher'])
    expect((await run(all, [])).checks).toEqual([])
    expect((await run(all, ['labels'])).checks).toEqual([])
    expect(ran).toHaveLength(3)
  })

  it('have twenty seconds, and those that are done by then keep their answer', async () => {
    vi.useFakeTimers()
    const { run } = open()
    const report = run([
      passing('client_pair'),
      never('sa_key'),
      passing('topic', 'sa_key'),
      never('grant'),
      throwing('scopes', new TenantryError('scopes_missing')),
    ])
    let done = false
    void report.then(() => (done = true))
    await vi.advanceTimersByTimeAsync(19_999)
    expect(done).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(inShort(await report)).toEqual([
      ['client_pair', 'pass', null],
      ['sa_key', 'fail', 'checks_slow'],
      ['topic', 'skip', 'sa_key'],
      ['grant', 'fail', 'checks_slow'],
      ['scopes', 'fail', 'scopes_missing'],
    ])
  })

  it('leave no timer behind', async () => {
    vi.useFakeTimers()
    await open().run([passing('grant'), throwing('topic', new TenantryError('unavailable'))])
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the fix of a check', () => {
  const byCheck = { id: 'edit_labels', automatic: false } as const
  const byOutcome = { id: 'sync', automatic: true } as const

  it('is the outcome’s own, else what its code says, else the definition’s; and nothing for what passed or waits', async () => {
    const { run } = open()
    const { checks } = await run([
      ending('watch', { status: 'fail', code: 'watch_lapsed', fix: byOutcome }),
      ending('items', { status: 'fail', code: 'items_quarantined' }, { fix: byCheck }),
      ending('labels', { status: 'fail' }, { fix: byCheck }),
      ending('delivery', { status: 'pass', code: 'polling_chosen', fix: byOutcome }, { fix: byCheck }),
      ending('topic', { status: 'skip', code: 'pubsub_topic_missing' }),
      ending('maintenance', { status: 'fail', code: 'upkeep_stalled' }),
    ])
    expect(Object.fromEntries(checks.map(({ id, fix }) => [id, fix]))).toEqual({
      watch: byOutcome,
      items: { id: 'redrive', automatic: true },
      labels: byCheck,
      delivery: null,
      topic: null,
      maintenance: null,
    })
  })

  it('leads to the page of the very API, in the tenant’s project', () => {
    expect(fixOf('api_not_enabled', { api: 'Cloud Pub/Sub API' }, 'acme-mail-1')).toEqual({
      id: 'open_console',
      automatic: false,
      href: 'https://console.cloud.google.com/apis/library/pubsub.googleapis.com?project=acme-mail-1',
    })
    expect(fixOf('api_not_enabled', { api: 'constructor' }, null)?.href).toBe('https://console.cloud.google.com/apis/library')
    expect(fixOf('pubsub_forbidden', {}, 'a&b')?.href).toBe('https://console.cloud.google.com/iam-admin/iam?project=a%26b')
  })
})
