import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { TenantryError } from '../errors/index.ts'
import type { Telemetry } from '../ports/index.ts'
import { createManualClock, testPrincipal as principal } from '../testing/index.ts'
import { noTelemetry } from './no-telemetry.ts'
import { traceVerbs } from './trace-verbs.ts'

function createRecorder() {
  const spans: [name: string, attributes: unknown][] = []
  const measures: [name: string, value: number, attributes: unknown][] = []
  const telemetry: Telemetry = {
    span(name, attributes, work) {
      spans.push([name, attributes])
      return work()
    },
    count: () => undefined,
    record: (name, value, attributes) => void measures.push([name, value, attributes]),
  }
  return { telemetry, spans, measures, clock: createManualClock() }
}

describe('a traced verb', () => {
  it('runs in a span, and is measured with its outcome', async () => {
    const { telemetry, clock, spans, measures } = createRecorder()
    const verbs = traceVerbs(
      { telemetry, clock },
      'gmail',
      {
        async sync(input: { readonly ms: number }) {
          clock.advance(input.ms)
          return input.ms
        },
      },
      { provider: 'gmail' },
    )
    expect(await verbs.sync({ ms: 40 })).toBe(40)
    expect(spans).toEqual([['tenantry.gmail.sync', { provider: 'gmail' }]])
    expect(measures).toEqual([['tenantry.verb.duration_ms', 40, { verb: 'gmail.sync', provider: 'gmail', outcome: 'ok' }]])
  })

  it.each([
    [new TenantryError('not_found'), 'not_found'],
    [new Error('EXAMPLE_message'), 'internal'],
    ['EXAMPLE_text', 'internal'],
  ])('that fails passes the error on, and is measured by its code: %s', async (failure, outcome) => {
    const { telemetry, clock, measures } = createRecorder()
    const get = (): Promise<never> => {
      throw failure
    }
    await expect(traceVerbs({ telemetry, clock }, 'flows', { get }).get()).rejects.toBe(failure)
    expect(measures).toEqual([['tenantry.verb.duration_ms', 0, { verb: 'flows.get', outcome }]])
  })

  it('keeps its `this`, and what is no verb stays as it is', async () => {
    const { telemetry, clock, spans } = createRecorder()
    const verbs = traceVerbs({ telemetry, clock }, 'own', {
      limit: 5,
      async first(this: { second(): Promise<number> }) {
        return this.second()
      },
      second: async () => 2,
      inner: { third: async () => 3 },
    })
    expect([verbs.limit, await verbs.first(), await verbs.inner.third()]).toEqual([5, 2, 3])
    expect(spans.map(([name]) => name)).toEqual(['tenantry.own.first', 'tenantry.own.second', 'tenantry.own.inner.third'])
  })

  it('is the very same function without a telemetry', () => {
    const verbs = { get: async () => 1 }
    expect(traceVerbs({ telemetry: noTelemetry, clock: createManualClock() }, 'flows', verbs)).toBe(verbs)
  })

  it('takes no negative time when the clock is set back', async () => {
    const { telemetry, measures } = createRecorder()
    const times = [100, 40]
    const clock = { now: () => times.shift() ?? 0 }
    await traceVerbs({ telemetry, clock }, 'flows', { get: async () => 1 }).get()
    expect(measures).toMatchObject([['tenantry.verb.duration_ms', 0, {}]])
  })
})

type Call = (input: unknown) => Promise<unknown>

function verbsIn(path: string, part: object, isTop = true): { name: string; verb: Call }[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return verbsIn(`${path}.${name}`, value, false)
    return typeof value === 'function' && !isTop ? [{ name: `${path}.${name}`, verb: value as Call }] : []
  })
}

describe('the sdk', () => {
  it('has no verb without a span', async () => {
    const { telemetry, spans } = createRecorder()
    const { sdk } = createWorld({ telemetry })
    const verbs = verbsIn('tenantry', sdk)
    for (const { verb } of verbs) await verb({ principal }).catch(() => undefined)
    expect(verbs.map(({ name }) => name)).toEqual(expect.arrayContaining(['tenantry.calendar.events.list', 'tenantry.maintenance.sweep']))
    expect(new Set(spans.map(([name]) => name))).toEqual(new Set(verbs.map(({ name }) => name)))
  })

  it('traces the sweeps that the jobs start', async () => {
    const { telemetry, spans } = createRecorder()
    const world = createWorld({ telemetry })
    await world.sdk.start()
    await world.jobs.tick()
    expect(spans.map(([name]) => name)).toEqual(['tenantry.maintenance.sweep'])
  })
})
