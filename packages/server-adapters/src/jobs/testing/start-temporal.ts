import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Connection } from '@temporalio/client'

/** Where scripts/install-temporal.sh puts it. */
const installed = fileURLToPath(new URL('../../../../../.tools/temporal', import.meta.url))

export interface RunningTemporal {
  /** `host:port` of a server that keeps everything in memory. */
  readonly address: string
  stop(): Promise<void>
}

const binary = (): string | null => [process.env['TEMPORAL_PATH'], installed].find((file) => file !== undefined && existsSync(file)) ?? null

/**
 * Why tests on a real Temporal cannot run here, or `null` when they can.
 * @throws Error where `TENANTRY_REQUIRE_TEMPORAL=1` says that they must
 */
export function whyNoTemporal(): string | null {
  if (binary() !== null) return null
  const reason = 'the Temporal server is not installed: run scripts/install-temporal.sh, or set TEMPORAL_PATH'
  if (process.env['TENANTRY_REQUIRE_TEMPORAL'] === '1') throw new Error(reason)
  process.stderr.write(`skipped: ${reason}\n`)
  return reason
}

/** Starts a development server of its own on a free port. */
export async function startTemporal(): Promise<RunningTemporal> {
  const file = binary()
  if (file === null) throw new Error('The Temporal server is not installed.')
  const port = await findFreePort()
  const server = spawn(file, ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'], {
    stdio: 'ignore',
  })
  const stopNow = () => server.kill('SIGKILL')
  process.once('exit', stopNow)
  const address = `127.0.0.1:${port}`
  for (let attempt = 0; ; attempt += 1) {
    const ready = await Connection.connect({ address, connectTimeout: 1000 }).then(
      (connection) => connection.close().then(() => true),
      () => false,
    )
    if (ready) break
    if (attempt > 100 || server.exitCode !== null) throw new Error('The Temporal server was not ready in time.')
    await wait(200)
  }
  return {
    address,
    async stop() {
      process.off('exit', stopNow)
      stopNow()
      if (server.exitCode === null && server.signalCode === null) await new Promise<void>((resolve) => server.once('exit', () => resolve()))
    },
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}
