import { isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { parseClientId, parseClientSecret, parseProjectId } from '@tenantry/sdk/model'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { secretChangeSchema } from '@tenantry/sdk/wire'
import * as z from 'zod/mini'
import { hasValue } from './setup-form.ts'
import type { SetupField, SetupForm } from './setup-form.ts'

/** What is wrong with a field: a code of the product, or a value that is not there yet. */
export type FieldProblem = ErrorCode | 'required'

/** Words for a problem at a field. */
export type SayProblem = (field: SetupField, problem: FieldProblem, values?: Readonly<Record<string, string>>) => string

/** Checks the whole form; `say` words what it finds. */
export function createSetupSchema(status: GoogleSetupStatus, say: SayProblem) {
  const changeOf = (field: SetupField, parse: (text: string) => string) =>
    secretChangeSchema.check((ctx) => {
      if (ctx.value.action !== 'replace' || ctx.value.value.trim() === '') return
      const text = ctx.value.value
      const problem = problemOf(() => parse(text))
      if (problem) ctx.issues.push(toIssue(say(field, problem)))
    })
  const project = z.string().check((ctx) => {
    const problem = ctx.value.trim() === '' ? (status.projectId === null ? null : 'required') : problemOf(() => parseProjectId(ctx.value))
    if (problem) ctx.issues.push(toIssue(say('projectId', problem)))
  })
  return z
    .object({
      projectId: project,
      userType: z.nullable(z.enum(['internal', 'external'])),
      clientId: changeOf('clientId', parseClientId),
      clientSecret: changeOf('clientSecret', parseClientSecret),
      calendarMode: z.enum(['shared', 'separate']),
      calendarClientId: changeOf('calendarClientId', parseClientId),
      calendarClientSecret: changeOf('calendarClientSecret', parseClientSecret),
      notifications: z.enum(['managed', 'manual', 'polling']),
      // Checked where the file is read: only a good key gets into the form.
      serviceAccountKey: secretChangeSchema,
    })
    .check((ctx) => {
      for (const field of missingHalves(ctx.value, status)) {
        ctx.issues.push({ ...toIssue(say(field, 'required')), path: [field] })
      }
    })
}

// An issue carries no input: what was typed must not travel with an error. `continue` lets the other checks run as well.
function toIssue(message: string) {
  return { code: 'custom' as const, message, input: undefined, continue: true }
}

/** The code with which a parser of the model refuses a text; null when it accepts it. */
export function problemOf(parse: () => unknown): ErrorCode | null {
  try {
    parse()
    return null
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
}

type Pair = readonly ['clientId' | 'calendarClientId', 'clientSecret' | 'calendarClientSecret']

// One half of a client is of no use: whoever gives an ID owes a secret, and the other way round.
function missingHalves(form: SetupForm, status: GoogleSetupStatus): SetupField[] {
  const pairs: Pair[] = [['clientId', 'clientSecret']]
  if (form.calendarMode === 'separate') pairs.push(['calendarClientId', 'calendarClientSecret'])
  return pairs.flatMap((pair) => {
    const missing = pair.filter((field) => !hasValue(form[field], status.fields[field].set))
    return missing.length === 1 ? missing : []
  })
}
