import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod/mini'
import { createEmptyState } from '../state/sandbox-state.ts'
import type { SandboxState } from '../state/sandbox-state.ts'

const QUIET = 250

export interface StateFile {
  /** null on the first run. @throws Error for a file that is not a saved sandbox */
  load(): Promise<SandboxState | null>
  /** Writes soon; many changes in a row are one write. */
  save(snapshot: () => SandboxState): void
  /** Writes now, and waits. */
  flush(snapshot: () => SandboxState): Promise<void>
}

/** Keeps a sandbox in a file: written beside it first, then renamed, so that it is never half a file. */
export function openStateFile(path: string): StateFile {
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = (snapshot: () => SandboxState) => {
    clearTimeout(timer)
    timer = undefined
    const writeNow = async (previous: Promise<void>) => {
      // One write at a time; a failed one has already failed for whoever asked for it.
      await Promise.allSettled([previous])
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.part`, JSON.stringify(snapshot()), { mode: 0o600 })
      await rename(`${path}.part`, path)
    }
    writing = writeNow(writing)
    return writing
  }

  return {
    load: () => load(path),
    save: (snapshot) => {
      timer ??= setTimeout(() => {
        write(snapshot).catch((problem: unknown) => process.emitWarning(`The sandbox could not save ${path}: ${String(problem)}`))
      }, QUIET)
    },
    flush: write,
  }
}

async function load(path: string): Promise<SandboxState | null> {
  const text = await readFile(path, 'utf8').catch((problem: unknown) => {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null
    throw problem
  })
  if (text === null) return null
  const saved = z.looseObject({ version: z.literal(3) }).safeParse(JSON.parse(text))
  if (!saved.success) throw new Error(`${path} is not a saved sandbox of this version; delete it to start anew`)
  return { ...createEmptyState(), ...saved.data }
}
