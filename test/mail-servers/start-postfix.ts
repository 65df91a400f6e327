import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createCertificate } from './create-certificate.ts'
import { fillTemplate } from './fill-template.ts'
import { explainMissing, findBinary } from './find-binary.ts'
import { findFreePort } from './find-free-port.ts'
import type { RunningDovecot } from './start-dovecot.ts'
import { waitForPort } from './start-dovecot.ts'
import { startSenderMap } from './start-sender-map.ts'

export interface RunningPostfix {
  readonly server: { readonly host: string; readonly port: number; readonly security: 'starttls' }
  /** PEM of the authority that its certificate is of. */
  readonly certificate: string
  readonly maxBytes: number
  readonly logFile: string
  stop(): Promise<void>
}

/** Why tests on a real Postfix cannot run here, or `null` when they can. @throws Error where `TENANTRY_REQUIRE_REAL=1` says that they must */
export function whyNoPostfix(): string | null {
  if (findBinary('postfix') === null) return explainMissing('Postfix is not installed (postfix)')
  return process.getuid?.() === 0 ? null : explainMissing('Postfix starts as root only')
}

/**
 * Starts a submission server of its own on a free port: STARTTLS, XOAUTH2 by Dovecot's sign-in, and Send As by `maySendAs`, which names the
 * people who may send as an address. Everything that it takes is delivered to the recipients' mailboxes in that Dovecot.
 */
export async function startPostfix(options: {
  readonly dovecot: RunningDovecot
  readonly maySendAs: (sender: string) => readonly string[]
  readonly maxBytes?: number
}): Promise<RunningPostfix> {
  const maxBytes = options.maxBytes ?? 157_286_400
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-postfix-'))
  chmodSync(folder, 0o755)
  for (const name of ['conf', 'queue', 'data']) mkdirSync(join(folder, name))
  execFileSync('chown', ['postfix', join(folder, 'data')])
  const { certificate, key } = createCertificate()
  writeFileSync(join(folder, 'certificate.pem'), certificate)
  writeFileSync(join(folder, 'key.pem'), key)
  const senders = await startSenderMap(options.maySendAs)
  const port = await findFreePort()
  const { lmtpPort, authPort } = options.dovecot
  const values = { DIR: folder, PORT: port, LMTP_PORT: lmtpPort, AUTH_PORT: authPort, SENDERS_PORT: senders.port, MAX_BYTES: maxBytes }
  for (const name of ['main.cf', 'master.cf']) fillTemplate(`postfix/${name}`, join(folder, 'conf', name), values)

  const server = spawn(findBinary('postfix') ?? 'postfix', ['-c', join(folder, 'conf'), 'start-fg'], { stdio: 'ignore' })
  // The server makes itself a session of its own, so it is found by the file that it writes and not as a child.
  const stopNow = () => {
    const file = join(folder, 'queue', 'pid', 'master.pid')
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (isRunning(pid)) process.kill(pid, 'SIGTERM')
    return pid
  }
  process.once('exit', stopNow)
  await waitForPort(port, () => server.exitCode)

  return {
    server: { host: '127.0.0.1', port, security: 'starttls' },
    certificate,
    maxBytes,
    logFile: join(folder, 'mail.log'),
    async stop() {
      process.off('exit', stopNow)
      const pid = stopNow()
      for (let attempt = 0; isRunning(pid) && attempt < 200; attempt += 1) await wait(25)
      if (isRunning(pid)) throw new Error(`Postfix ${pid} did not end.`)
      await senders.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Signal 0 reaches whoever lives, and does nothing. */
function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}
