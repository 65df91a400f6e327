import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from './start-problem.ts'

/**
 * Makes the data folder ours until the returned function is called: two processes on one embedded database would destroy it.
 * @throws StartProblem when another running process has it
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const claim = join(folder, 'server.pid')
  const owner = Number(await readUnlessAbsent(claim))
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    throw new StartProblem(`The helpdesk runs already, as process ${owner}. Stop it first; if that is something else, delete ${claim}.`)
  }
  await rm(claim, { force: true })
  await writeFile(claim, String(process.pid), { flag: 'wx' })
  return () => rm(claim, { force: true })
}

async function readUnlessAbsent(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
