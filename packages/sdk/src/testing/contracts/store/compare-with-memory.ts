import { array, assert, asyncProperty, constantFrom, record } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { expect } from 'vitest'
import { isTenantryError } from '../../../errors/index.ts'
import { createMemoryStore } from '../../memory/index.ts'
import type { Repositories, Store } from '../../../ports/index.ts'
import { describeStoreSuite } from './harness.ts'
import type { StoreContractOptions } from './harness.ts'

/** Commands that run alone, or together in one transaction that commits or rolls back. */
interface Step<Draw> {
  readonly mode: 'alone' | 'commit' | 'rollback'
  readonly draws: readonly Draw[]
}

/** Ends the search for a shorter plan before the test's own deadline, which would tell nothing of what was found; milliseconds. */
const searchLimitMs = 40_000

export interface Comparison<Draw> {
  readonly title: string
  /** What a command is made of, in small domains so that commands meet. */
  readonly draws: Arbitrary<Draw>
  /** Called once per store and run, so that a command can keep what the store gave out. */
  readonly start: () => (on: Repositories, draw: Draw) => Promise<unknown>
  /** Everything that the commands can have changed. */
  readonly readAll: (store: Store) => Promise<unknown>
  readonly runs: number
}

/** Plays the same random commands on the store and on memory; a failure prints the seed and the shortest plan that differs. */
export function compareWithMemory<Draw>(name: string, options: StoreContractOptions, comparison: Comparison<Draw>): void {
  const steps = record({
    mode: constantFrom('alone', 'alone', 'commit', 'rollback'),
    draws: array(comparison.draws, { minLength: 1, maxLength: 6 }),
  })
  describeStoreSuite(name, { create: options.create }, ({ test }) => {
    test(comparison.title, async ({ close }) => {
      await close()
      await assert(
        asyncProperty(array(steps, { minLength: 3, maxLength: 14 }), async (plan) => {
          const harness = await options.create()
          try {
            expect(await play(harness.store, plan, comparison)).toEqual(await play(createMemoryStore(), plan, comparison))
          } finally {
            await harness.close()
          }
        }),
        { numRuns: comparison.runs, interruptAfterTimeLimit: searchLimitMs },
      )
    })
  })
}

async function play<Draw>(store: Store, plan: readonly Step<Draw>[], comparison: Comparison<Draw>): Promise<unknown[]> {
  const run = comparison.start()
  const answers: unknown[] = []
  const rollback = new Error('rollback')
  for (const { mode, draws } of plan) {
    const perform = async (on: Repositories): Promise<void> => {
      for (const draw of draws) answers.push([draw, await answerOf(run(on, draw))])
      if (mode === 'rollback') throw rollback
    }
    if (mode === 'alone') await perform(store)
    else await store.transaction(perform).catch((error: unknown) => (error === rollback ? undefined : Promise.reject(error)))
  }
  return [...answers, await comparison.readAll(store)]
}

async function answerOf(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (isTenantryError(error)) return error.code
    throw error
  }
}
