import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Check, CheckReport } from '../wire/index.ts'
import { classifyAny } from './classify-any.ts'

export interface CheckOutcome {
  readonly status?: Check['status']
  readonly code?: ErrorCode | null
  readonly expected?: string | null
  readonly actual?: string | null
}

export interface CheckDefinition {
  readonly id: Check['id']
  /** The check that has to pass first. */
  readonly needs?: Check['id']
  /** Passing is the default; throwing is failing with that code. */
  run(): Promise<CheckOutcome>
}

/** Runs checks in order; each fails alone, and what depends on a failed one is skipped and says so. */
export async function runChecks(context: Context, definitions: readonly CheckDefinition[]): Promise<CheckReport> {
  const startedAt = context.clock.now()
  const checks: Check[] = []
  for (const definition of definitions) {
    const needed = checks.find(({ id }) => id === definition.needs)
    const blocked = needed !== undefined && needed.status !== 'pass' && needed.status !== 'warn'
    checks.push(blocked ? { ...blank(definition.id), status: 'skip', blockedBy: needed.id } : await runOne(context, definition))
  }
  return { startedAt: new Date(startedAt).toISOString(), finishedAt: new Date(context.clock.now()).toISOString(), checks }
}

async function runOne(context: Context, definition: CheckDefinition): Promise<Check> {
  try {
    const { status = 'pass', code = null, expected = null, actual = null } = await definition.run()
    return { ...blank(definition.id), status, code, expected, actual }
  } catch (error) {
    const failure = classifyAny(context, error)
    return { ...blank(definition.id), status: 'fail', code: failure.code, values: { ...failure.values } }
  }
}

const blank = (id: Check['id']): Omit<Check, 'status'> => ({ id, code: null, values: {}, expected: null, actual: null, blockedBy: null })
