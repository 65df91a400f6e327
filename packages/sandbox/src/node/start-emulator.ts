import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { findPubSubEmulator } from './find-emulator.ts'

const READY_WITHIN = 30_000

/** Starts Google's own Pub/Sub emulator. @throws Error when it is not installed, or does not come up */
export async function startPubSubEmulator(options: { port?: number } = {}): Promise<{ url: string; stop(): Promise<void> }> {
  const binary = await findPubSubEmulator()
  if (!binary) throw new Error('Google’s Pub/Sub emulator is not installed: it comes with the Google Cloud CLI (component pubsub-emulator)')
  const port = options.port ?? (await freePort())
  const child = spawn(binary, ['--host=127.0.0.1', `--port=${port}`], {
    // A process group of its own: the start script does not pass signals on to Java.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, JAVA_OPTS: '-Xmx256m -XX:+UseSerialGC' },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  const url = `http://127.0.0.1:${port}`
  const killOnExit = () => killGroup(child)
  process.once('exit', killOnExit)
  const stop = async () => {
    process.off('exit', killOnExit)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    killGroup(child)
    await gone
  }
  try {
    await waitUntilReady(url, child, () => said)
  } catch (problem) {
    await stop()
    throw problem
  }
  return { url, stop }
}

async function waitUntilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Google’s Pub/Sub emulator ended with ${child.exitCode}: ${said()}`)
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return warmUp(url)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Google’s Pub/Sub emulator was not ready within ${READY_WITHIN} ms: ${said()}`)
}

/** The first real call takes Java seconds, more than a client waits. */
async function warmUp(url: string): Promise<void> {
  const topic = `${url}/v1/projects/warm-up/topics/warm-up`
  const create = { method: 'PUT', body: '{}', headers: { 'content-type': 'application/json' } }
  for (const init of [create, { method: 'DELETE' }]) {
    const { ok, status } = await fetch(topic, init)
    if (!ok) throw new Error(`Google’s Pub/Sub emulator answered ${status} to its first ${init.method}`)
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No free port'))))
    })
  })
}
