import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { provisionSteps, readJournal, waitingStep, writeJournal } from './journal.ts'
import type { PushJournal } from './journal.ts'

const journal: PushJournal = {
  version: 1,
  mode: 'managed',
  steps: [
    { ...waitingStep('topic'), state: 'done', at: 1 },
    { id: 'publisher', state: 'failed', code: 'pubsub_forbidden', values: { permission: 'pubsub.topics.setIamPolicy' }, at: 2 },
    waitingStep('subscription'),
  ],
  ours: ['projects/p/topics/t'],
  formerSigner: null,
}

describe('the journal of provisioning', () => {
  it('is read as it was written', () => {
    expect(readJournal(writeJournal(journal))).toEqual(journal)
  })

  it.each([
    null,
    '',
    '{',
    '[]',
    '{"version":2}',
    JSON.stringify({ ...journal, version: 2 }),
    JSON.stringify({ ...journal, steps: [{ ...journal.steps[0], code: 'no_such_code' }] }),
    JSON.stringify({ ...journal, steps: [{ ...journal.steps[0], id: 'watch' }] }),
    JSON.stringify({ ...journal, formerSigner: 5 }),
    ' '.repeat(70_000) + JSON.stringify(journal),
  ])('tells nothing when it is %j', (stored) => {
    expect(readJournal(stored)).toBeNull()
  })

  it('stays small and readable, whatever Google’s words are', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('topic', 'link', 'permission'), fc.string({ unit: 'binary', maxLength: 3000 })),
        (values) => {
          const steps = provisionSteps.map((id) => ({
            ...waitingStep(id),
            state: 'failed' as const,
            code: 'provider_refused' as const,
            values,
          }))
          const read = readJournal(writeJournal({ ...journal, steps }))
          expect(read?.steps.map((step) => step.values)).toEqual(
            steps.map(() => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.slice(0, 400)]))),
          )
        },
      ),
    )
  })
})
