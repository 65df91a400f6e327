import { metrics, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Counter, Histogram, Meter, MeterProvider, MetricOptions, TracerProvider } from '@opentelemetry/api'
import { isTenantryError } from '@tenantry/sdk/errors'
import type { Telemetry } from '@tenantry/sdk/ports'

export interface OpenTelemetryOptions {
  /** Default the globally registered one. */
  readonly tracerProvider?: TracerProvider
  /** Default the globally registered one; register it before the first verb is called. */
  readonly meterProvider?: MeterProvider
}

const scope = '@tenantry/sdk'

/** From a fast verb to a task that is a day late. */
const millisecondBuckets = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000]

/**
 * Telemetry by the OpenTelemetry API, which needs an OpenTelemetry SDK that the host sets up: without one it does nothing. A span that fails has the
 * error's code as `error.type`; messages and stacks stay behind, because they may hold anything.
 *
 * @example
 * createTenantry({ telemetry: createOpenTelemetry(), ... })
 */
export function createOpenTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const tracer = (options.tracerProvider ?? trace.getTracerProvider()).getTracer(scope)
  const counters = new Map<string, Counter>()
  const histograms = new Map<string, Histogram>()
  let meter: Meter | undefined

  // The global meter is asked for as late as possible: one that was taken before the host registered its own measures nothing for good.
  const instrument = <Kind>(known: Map<string, Kind>, name: string, create: (meter: Meter) => Kind): Kind => {
    const made = known.get(name) ?? create((meter ??= (options.meterProvider ?? metrics.getMeterProvider()).getMeter(scope)))
    known.set(name, made)
    return made
  }

  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setAttribute('error.type', isTenantryError(error) ? error.code : 'internal')
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      }),
    count(name, value, attributes) {
      instrument(counters, name, (meter) => meter.createCounter(name, unitOf(name))).add(value, attributes)
    },
    record(name, value, attributes) {
      instrument(histograms, name, (meter) => meter.createHistogram(name, unitOf(name))).record(value, attributes)
    },
  }
}

function unitOf(name: string): MetricOptions {
  return name.endsWith('_ms') ? { unit: 'ms', advice: { explicitBucketBoundaries: millisecondBuckets } } : {}
}
