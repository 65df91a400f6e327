import { execFile, execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface RunningPostgres {
  /** Of an empty database that belongs to nobody else. */
  readonly connectionString: string
  stop(): Promise<void>
}

/**
 * Why tests on a real PostgreSQL cannot run here, or `null` when they can.
 * @throws Error where `TENANTRY_REQUIRE_REAL=1` says that they must
 */
export function whyNoPostgres(): string | null {
  if (findBinaries() !== null) return null
  const reason = 'PostgreSQL is not installed: no initdb in pg_config --bindir or /usr/lib/postgresql'
  if (process.env['TENANTRY_REQUIRE_REAL'] === '1') throw new Error(reason)
  process.stderr.write(`skipped: ${reason}\n`)
  return reason
}

/** Starts a server of its own on a free port, in a folder that is deleted with it. Durability is off: for tests only. */
export async function startPostgres(): Promise<RunningPostgres> {
  const binaries = findBinaries()
  if (binaries === null) throw new Error('PostgreSQL is not installed.')
  const identity = findIdentity()
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-postgres-'))
  if (identity.uid !== undefined) await chown(folder, identity.uid, identity.gid ?? identity.uid)
  const data = join(folder, 'data')
  await run(join(binaries, 'initdb'), ['-D', data, '-U', 'tenantry', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'], {
    ...identity,
    cwd: folder,
  })

  const port = await findFreePort()
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'full_page_writes=off',
    'max_connections=200',
  ]
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    cwd: folder,
    stdio: 'ignore',
  })
  const stopNow = () => server.kill('SIGQUIT')
  process.once('exit', stopNow)
  await waitUntilReady(join(binaries, 'pg_isready'), port, server)

  return {
    connectionString: `postgres://tenantry@127.0.0.1:${port}/postgres`,
    async stop() {
      process.off('exit', stopNow)
      stopNow()
      await waitForExit(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function findBinaries(): string | null {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [askPgConfig(), ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)]
  return folders.find((folder) => folder !== null && existsSync(join(folder, 'initdb'))) ?? null
}

function askPgConfig(): string | null {
  try {
    return execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    // Not on the path: the usual folders are looked at next.
    return null
  }
}

/** PostgreSQL refuses to run as root, so root starts it as somebody else. */
function findIdentity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string, user: string) =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', user), gid: idOf('-g', user) }
    } catch {
      // No such user here: try the next one.
    }
  }
  throw new Error('Neither the user postgres nor nobody exists, and PostgreSQL does not run as root.')
}

async function findFreePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free port was found.')
  return address.port
}

async function waitUntilReady(isReady: string, port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with code ${server.exitCode} before it was ready.`)
    const ready = await run(isReady, ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    )
    if (ready) return
    await wait(50)
  }
  server.kill('SIGQUIT')
  throw new Error('PostgreSQL was not ready after 15 seconds.')
}

async function waitForExit(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  await new Promise<void>((resolve) => server.once('exit', () => resolve()))
}
