import type { Context } from '../context.ts'
import type { ErrorCode } from '../errors/index.ts'
import type { Check, CheckId, Fix } from '../model/check.ts'
import { checkIds } from '../model/check.ts'
import type { CheckDefinition } from '../providers/check.ts'
import type { CheckReport } from '../wire/index.ts'
import { classifyAny } from './classify-any.ts'

// What the checks of an app are made of, too.
export type { CheckDefinition, CheckOutcome } from '../providers/check.ts'

const limitMs = 20_000

export interface RunChecksOptions {
  /** Answers these alone; what they need is run too. */
  readonly only?: readonly CheckId[] | undefined
  /** What mends a failure that names no fix itself. */
  fixOf(code: ErrorCode, values: Readonly<Record<string, string>>): Fix | null
}

/**
 * Runs checks side by side and answers them in the order of `checkIds`. Each fails alone; what depends on a failed one is skipped and says so; what
 * is not done after 20 seconds fails as `checks_slow`.
 */
export async function runChecks(
  context: Context,
  definitions: readonly CheckDefinition[],
  options: RunChecksOptions,
): Promise<CheckReport> {
  const startedAt = context.clock.now()
  const { only } = options
  const wanted = only === undefined ? definitions : definitions.filter(({ id }) => isNeeded(definitions, only, id))
  const checks = await runAll(context, wanted, options)
  return {
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(context.clock.now()).toISOString(),
    checks: checks
      .filter(({ id }) => only === undefined || only.includes(id))
      .toSorted((left, right) => checkIds.indexOf(left.id) - checkIds.indexOf(right.id)),
  }
}

/** Whether a check was asked for, or one that was needs it, directly or through another. */
function isNeeded(definitions: readonly CheckDefinition[], only: readonly CheckId[], id: CheckId): boolean {
  return only.includes(id) || definitions.some((other) => other.needs === id && isNeeded(definitions, only, other.id))
}

async function runAll(context: Context, definitions: readonly CheckDefinition[], options: RunChecksOptions): Promise<Check[]> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs)
  })
  const begun = new Map<CheckId, Promise<Check>>()
  const start = (definition: CheckDefinition): Promise<Check> => {
    const known = begun.get(definition.id)
    if (known !== undefined) return known
    const needed = definitions.find(({ id }) => id === definition.needs)
    const check = runAfter(context, definition, needed && start(needed), { late, options })
    begun.set(definition.id, check)
    return check
  }
  try {
    return await Promise.all(definitions.map(start))
  } finally {
    clearTimeout(timer)
  }
}

interface Run {
  readonly late: Promise<'late'>
  readonly options: RunChecksOptions
}

async function runAfter(
  context: Context,
  definition: CheckDefinition,
  needed: Promise<Check> | undefined,
  { late, options }: Run,
): Promise<Check> {
  const before = await needed
  if (before !== undefined && (before.status === 'fail' || before.status === 'skip'))
    return { ...blank(definition.id), status: 'skip', blockedBy: before.id }
  const startedAt = context.clock.now()
  const check = await Promise.race([runOne(context, definition), late])
  const found: Omit<Check, 'durationMs'> = check === 'late' ? { ...blank(definition.id), status: 'fail', code: 'checks_slow' } : check
  return { ...found, fix: fixFor(definition, found, options), durationMs: Math.max(0, context.clock.now() - startedAt) }
}

function fixFor(
  definition: CheckDefinition,
  { status, code, values, fix }: Omit<Check, 'durationMs'>,
  { fixOf }: RunChecksOptions,
): Fix | null {
  if (status === 'pass' || status === 'skip') return null
  return fix ?? (code === null ? null : fixOf(code, values)) ?? definition.fix ?? null
}

async function runOne(context: Context, definition: CheckDefinition): Promise<Check> {
  try {
    const { status = 'pass', code = null, values = {}, expected = null, actual = null, facts = {}, fix = null } = await definition.run()
    return { ...blank(definition.id), status, code, values: { ...values }, expected, actual, facts: { ...facts }, fix }
  } catch (error) {
    const failure = classifyAny(context, error)
    return { ...blank(definition.id), status: 'fail', code: failure.code, values: { ...failure.values } }
  }
}

const blank = (id: CheckId): Omit<Check, 'status'> => ({
  id,
  code: null,
  values: {},
  expected: null,
  actual: null,
  facts: {},
  fix: null,
  blockedBy: null,
  durationMs: 0,
})
