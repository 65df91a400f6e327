import { isTenantryError } from '../errors/index.ts'
import type { Clock, Telemetry, TelemetryAttributes } from '../ports/index.ts'
import { noTelemetry } from './no-telemetry.ts'

interface Ports {
  readonly telemetry: Telemetry
  readonly clock: Clock
}

type Verb = (...input: unknown[]) => unknown

/**
 * The same verbs, each in a span `tenantry.<group>.<verb>` and measured as `tenantry.verb.duration_ms` by verb and outcome. Whoever calls, and what
 * they give, is not told. Without a telemetry they stay the very same functions.
 */
export function traceVerbs<Verbs extends object>(ports: Ports, group: string, verbs: Verbs, attributes: TelemetryAttributes = {}): Verbs {
  if (ports.telemetry === noTelemetry) return verbs
  const traced = Object.entries(verbs).map(([name, verb]: [string, unknown]) => {
    const path = `${group}.${name}`
    if (typeof verb === 'function') return [name, traceVerb(ports, path, verb as Verb, attributes)]
    // A provider groups its own verbs, as the calendar does under `events`.
    return [name, isGroup(verb) ? traceVerbs(ports, path, verb, attributes) : verb]
  })
  return Object.fromEntries(traced) as Verbs
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function traceVerb({ telemetry, clock }: Ports, verb: string, run: Verb, attributes: TelemetryAttributes): Verb {
  const span = `tenantry.${verb}`
  const measured = { ...attributes, verb }
  return async function traced(this: unknown, ...input) {
    const start = clock.now()
    let outcome = 'ok'
    try {
      return await telemetry.span(span, attributes, async () => run.apply(this, input))
    } catch (error) {
      outcome = isTenantryError(error) ? error.code : 'internal'
      throw error
    } finally {
      telemetry.record('tenantry.verb.duration_ms', Math.max(clock.now() - start, 0), { ...measured, outcome })
    }
  }
}
