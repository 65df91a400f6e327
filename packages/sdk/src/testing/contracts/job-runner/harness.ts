import type { Clock, JobRunner, Store } from '../../../ports/index.ts'
import type { Closable, Suite } from '../suite.ts'

export interface JobRunnerHarness extends Closable {
  /** Not started. */
  readonly jobs: JobRunner
  /** The runner's. */
  readonly clock: Clock
  /** Lets so much of the runner's time pass, and whatever is due in it begin; milliseconds. A fast schedule may make a minute of it short. */
  pass(ms: number): Promise<void>
  /** Another runner on the same engine, as another process has it; not started. */
  peer(): Promise<JobRunner>
  /** The second door: all that lies in the engine's tables or histories; empty when it keeps nothing. */
  stored(): Promise<readonly unknown[]>
  /** Kills a process within its tick, as a power cut does: it never ends the tick, and the engine is told nothing. */
  readonly crash?: () => Promise<void>
  /** Moves the clock of the process, or the engine's too, forward or back; milliseconds. */
  readonly jump?: (ms: number) => Promise<void>
  /** Takes the engine away for good, from a runner that runs. */
  readonly lose?: () => Promise<void>
  /** Where the due tasks lie, migrated and empty. Default: a store in memory. */
  readonly store?: Store
}

export type JobRunnerSuite = Suite<JobRunnerHarness>

export type Tick = Parameters<JobRunner['start']>[0]

export const minute = 60_000

export const idle: Awaited<ReturnType<Tick>> = { nextWakeAt: null }

/** A tick that has nothing to do, and counts. */
export function createCounter(nextWakeAt: () => number | null = () => null): { readonly tick: Tick; readonly count: () => number } {
  let ticks = 0
  const tick: Tick = async () => {
    ticks += 1
    return { nextWakeAt: nextWakeAt() }
  }
  return { tick, count: () => ticks }
}

/** What an optional part of the harness gives, or the reason to skip the test. */
export function need<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`Give the harness a ${name}(), or skip the test and say why.`)
  return part
}

/** Lets time pass in small steps until something has happened. */
export async function passUntil(harness: JobRunnerHarness, condition: () => boolean, minutes = 5): Promise<void> {
  for (let step = 0; step < minutes * 60 && !condition(); step += 1) await harness.pass(minute / 60)
  if (!condition()) throw new Error(`It did not happen within ${minutes} minutes of the runner's time.`)
}
