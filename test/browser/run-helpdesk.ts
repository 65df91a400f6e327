import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../examples/helpdesk/src/server/main.ts', import.meta.url))

export interface RunningHelpdesk {
  readonly url: string
  readonly sandboxUrl: string
  /** Everything that the process printed. */
  output(): string
  /** Ctrl+C, and waits until it has ended. */
  stop(): Promise<void>
}

export interface HelpdeskPorts {
  readonly port: number
  readonly sandboxPort: number
}

/** Starts the example as `npm start` does, on its own ports and folder. */
export async function runHelpdesk(ports: HelpdeskPorts, dataFolder: string): Promise<RunningHelpdesk> {
  const env = { ...process.env, PORT: String(ports.port), SANDBOX_PORT: String(ports.sandboxPort), DATA_FOLDER: dataFolder }
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await waitFor(
    child,
    () => output.includes('Helpdesk   http'),
    () => output,
  )
  return {
    url: `http://localhost:${ports.port}`,
    sandboxUrl: `http://localhost:${ports.sandboxPort}`,
    output: () => output,
    stop: () => stop(child),
  }
}

/** Two ports that are free now. */
export async function findPorts(): Promise<HelpdeskPorts> {
  return { port: await freePort(), sandboxPort: await freePort() }
}

async function waitFor(child: ChildProcess, isReady: () => boolean, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (isReady()) return
    if (child.exitCode !== null) throw new Error(`the helpdesk ended with code ${child.exitCode}:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`the helpdesk was not ready after 60 s:\n${output()}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(late)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port was found')
  return address.port
}
