import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Figures } from './figures.ts'
import type { PlannedWorld } from './plan-worlds.ts'

/** A world that was lived to its end: one line of the file. */
export interface FinishedWorld extends PlannedWorld {
  readonly days: number
  /** Of the code that lived; with a plus when it was changed since. */
  readonly commit: string
  /** ISO 8601. */
  readonly endedAt: string
  /** What became of the checks that failed, written by a person. */
  readonly note?: string
  readonly figures: Figures
}

/** All worlds of a file, each once. A line that was cut off when a run was killed is none. */
export function readFinishedWorlds(file: string): FinishedWorld[] {
  if (!existsSync(file)) return []
  const bySeed = new Map<number, FinishedWorld>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const world = readLine(line)
    if (world !== null) bySeed.set(world.seed, world)
  }
  return [...bySeed.values()]
}

export function addFinishedWorld(file: string, world: FinishedWorld): void {
  const isCut = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))
  appendFileSync(file, `${isCut ? '\n' : ''}${JSON.stringify(world)}\n`)
}

function readLine(line: string): FinishedWorld | null {
  try {
    return line === '' ? null : (JSON.parse(line) as FinishedWorld)
  } catch {
    // Its world is lived again.
    return null
  }
}
