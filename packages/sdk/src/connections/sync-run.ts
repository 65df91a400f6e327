import * as z from 'zod/mini'

/** An unfinished run of {@link sync}, kept beside the cursor so that a crash goes on where the last page ended. */
export interface SyncRun {
  readonly mode: 'start' | 'pull' | 'recover'
  /** Names a full listing, so that what it saw can be told from what it did not. */
  readonly id: string
  /** What the provider wants to hear again; `null` at the beginning. */
  readonly resume: string | null
  /** Recovery only: since when is searched, epoch milliseconds, and how many items were found again so far. */
  readonly since: number
  readonly count: number
}

const schema = z.object({
  mode: z.enum(['start', 'pull', 'recover']),
  id: z._default(z.string(), ''),
  resume: z.nullable(z.string()),
  since: z.number(),
  count: z.number(),
})

export function writeRun(run: SyncRun): string {
  return JSON.stringify(run)
}

/** `null` for no run, and for one that cannot be read: it then begins again. */
export function readRun(stored: string | null): SyncRun | null {
  if (stored === null) return null
  try {
    return schema.parse(JSON.parse(stored))
  } catch {
    // Written by another version: what a run finds twice is kept once.
    return null
  }
}
