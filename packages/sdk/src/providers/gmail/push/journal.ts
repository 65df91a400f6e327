import * as z from 'zod/mini'
import { errorCodes } from '../../../errors/index.ts'

export const provisionSteps = ['topic', 'publisher', 'subscription', 'dead_letter'] as const

export type ProvisionStep = (typeof provisionSteps)[number]

/** Longer ones are cut: the journal is read with every status. */
const longestValue = 400
const largest = 65_536

const stepSchema = z.object({
  id: z.enum(provisionSteps),
  state: z.enum(['waiting', 'working', 'done', 'already_there', 'failed']),
  code: z.nullable(z.enum(errorCodes)),
  values: z.record(z.string(), z.string()),
  at: z.nullable(z.number()),
})

const journalSchema = z.object({
  version: z.literal(1),
  /** Who sets it up. */
  mode: z.enum(['managed', 'manual']),
  steps: z.array(stepSchema),
  /** Full names of what carries our labels. */
  ours: z.array(z.string()),
  /** Manual only: signed until the tenant's script is run again, so that a change of mode loses nothing. */
  formerSigner: z.nullable(z.string()),
})

export type JournalStep = z.infer<typeof stepSchema>

/** What provisioning did, step by step; times are epoch milliseconds. */
export type PushJournal = z.infer<typeof journalSchema>

/** Reads what {@link writeJournal} wrote. A journal that cannot be read tells nothing, and the next run writes a new one. */
export function readJournal(stored: string | null): PushJournal | null {
  if (stored === null || stored.length > largest) return null
  try {
    return journalSchema.parse(JSON.parse(stored))
  } catch {
    // Of another version: nothing depends on it.
    return null
  }
}

export function writeJournal(journal: PushJournal): string {
  const steps = journal.steps.map((step) => ({
    ...step,
    values: Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, value.slice(0, longestValue)])),
  }))
  return JSON.stringify({ ...journal, steps })
}

/** A step that nobody has begun. */
export function waitingStep(id: ProvisionStep): JournalStep {
  return { id, state: 'waiting', code: null, values: {}, at: null }
}
