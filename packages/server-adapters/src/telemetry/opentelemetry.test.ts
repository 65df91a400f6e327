import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { context, ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api'
import type { Context } from '@opentelemetry/api'
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { TenantryError } from '@tenantry/sdk/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpenTelemetry } from './opentelemetry.ts'

beforeAll(() => {
  const storage = new AsyncLocalStorage<Context>()
  const manager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: <Input extends unknown[], Output>(active: Context, work: (...input: Input) => Output, self?: unknown, ...input: Input): Output =>
      storage.run(active, () => Reflect.apply(work, self, input) as Output),
    bind: <T>(_active: Context, target: T): T => target,
    enable: () => manager,
    disable: () => manager,
  }
  context.setGlobalContextManager(manager)
})

afterAll(() => context.disable())

function create() {
  const spans = new InMemorySpanExporter()
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
  const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: metrics })] })
  const read = async () => {
    await meterProvider.forceFlush()
    return (
      metrics
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? []
    )
  }
  return { telemetry: createOpenTelemetry({ tracerProvider, meterProvider }), finished: () => spans.getFinishedSpans(), read }
}

describe('a span', () => {
  it('has its name and attributes, and hands on what the work gives', async () => {
    const { telemetry, finished } = create()
    expect(await telemetry.span('tenantry.gmail.connect', { provider: 'gmail', again: false }, async () => 41)).toBe(41)
    expect(finished()).toMatchObject([
      { name: 'tenantry.gmail.connect', attributes: { provider: 'gmail', again: false }, status: { code: SpanStatusCode.UNSET } },
    ])
  })

  it('within a span is its child, also beside others', async () => {
    const { telemetry, finished } = create()
    const inner = (name: string) => telemetry.span(name, {}, () => wait(1))
    await Promise.all(['a', 'b'].map((name) => telemetry.span(name, {}, () => Promise.all([inner(`${name}.1`), inner(`${name}.2`)]))))
    const parentOf = (name: string) => {
      const span = finished().find((one) => one.name === name)
      return finished().find((one) => one.spanContext().spanId === span?.parentSpanContext?.spanId)?.name
    }
    expect(['a', 'a.1', 'a.2', 'b', 'b.1', 'b.2'].map(parentOf)).toEqual([undefined, 'a', 'a', undefined, 'b', 'b'])
  })

  it('that fails says with which code, and passes the error on as it is', async () => {
    const { telemetry, finished } = create()
    const failure = new TenantryError('account_mismatch', { values: { expected: 'EXAMPLE_a@acme.test', actual: 'EXAMPLE_b@acme.test' } })
    await expect(telemetry.span('s', {}, () => Promise.reject(failure))).rejects.toBe(failure)
    const [span] = finished()
    expect(span).toMatchObject({ attributes: { 'error.type': 'account_mismatch' }, status: { code: SpanStatusCode.ERROR }, events: [] })
    expect(span?.status.message).toBeUndefined()
  })

  it('tells nothing of an error that is not ours', async () => {
    const { telemetry, finished } = create()
    class EXAMPLE_Leak extends Error {}
    const failure = new EXAMPLE_Leak('EXAMPLE_message')
    const thrower = (): Promise<never> => {
      throw failure
    }
    await expect(telemetry.span('s', {}, thrower)).rejects.toBe(failure)
    const [span] = finished()
    expect(span).toMatchObject({ attributes: { 'error.type': 'internal' }, status: { code: SpanStatusCode.ERROR }, events: [] })
    expect(JSON.stringify([span?.attributes, span?.status, span?.events])).not.toContain('EXAMPLE')
  })
})

describe('a metric', () => {
  it('counts by attributes in one instrument per name', async () => {
    const { telemetry, read } = create()
    telemetry.count('tenantry.push', 1, { provider: 'gmail' })
    telemetry.count('tenantry.push', 2, { provider: 'gmail' })
    telemetry.count('tenantry.push', 1)
    const found = await read()
    expect(found.map(({ descriptor, dataPoints }) => [descriptor.name, descriptor.unit, dataPoints.length])).toEqual([
      ['tenantry.push', '', 2],
    ])
    expect(found[0]?.dataPoints[0]).toMatchObject({ attributes: { provider: 'gmail' }, value: 3 })
  })

  it('that ends with _ms is a histogram in milliseconds which tells a minute from a day', async () => {
    const { telemetry, read } = create()
    for (const lateness of [3, 70_000, 80_000_000]) telemetry.record('tenantry.task.lateness_ms', lateness, { kind: 'renew' })
    const [found] = await read()
    expect(found?.descriptor).toMatchObject({ name: 'tenantry.task.lateness_ms', unit: 'ms' })
    const value = found?.dataPoints[0]?.value as { buckets: { counts: number[] } } | undefined
    expect(value?.buckets.counts.filter((count) => count > 0)).toEqual([1, 1, 1])
  })
})

describe('without an OpenTelemetry SDK', () => {
  it('work is done, and nothing else happens', async () => {
    const telemetry = createOpenTelemetry()
    telemetry.count('tenantry.push', 1)
    telemetry.record('tenantry.verb.duration_ms', 1)
    expect(await telemetry.span('s', {}, async () => 'done')).toBe('done')
  })
})
