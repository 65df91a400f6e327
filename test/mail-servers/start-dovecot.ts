import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createCertificate } from './create-certificate.ts'
import { deliverMail } from './deliver-mail.ts'
import { fillTemplate } from './fill-template.ts'
import { explainMissing, findBinary } from './find-binary.ts'
import { findFreePort } from './find-free-port.ts'
import { readMaildir } from './read-maildir.ts'
import type { StoredMail } from './read-maildir.ts'

interface Listener {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls'
}

export interface RunningDovecot {
  readonly tls: Listener
  readonly starttls: Listener
  /** PEM of the authority that its certificate is of. */
  readonly certificate: string
  readonly lmtpPort: number
  readonly authPort: number
  /** Puts a message into somebody's INBOX by LMTP. */
  deliver(address: string, raw: Uint8Array): Promise<void>
  /** What lies in a folder, read from disk. */
  read(address: string, folder?: string): Promise<readonly StoredMail[]>
  /** Forgets the numbering of INBOX, as a mailbox that was restored from a backup does. */
  renumber(address: string): void
  /** What it wrote about sign-ins and faults. */
  readonly logFile: string
  stop(): Promise<void>
}

/** The folder that holds what was sent: another name than Exchange's, so that only its special use tells. */
export const sentFolder = 'Gesendete Objekte'

/** Why tests on a real Dovecot cannot run here, or `null` when they can. @throws Error where `TENANTRY_REQUIRE_REAL=1` says that they must */
export function whyNoDovecot(): string | null {
  if (findBinary('dovecot') === null) return explainMissing('Dovecot is not installed (dovecot-imapd, dovecot-lmtpd, dovecot-auth-lua)')
  return findBinary('openssl') === null ? explainMissing('openssl is not installed') : null
}

/** Starts an IMAP server of its own on free ports. Who may open what is asked at `introspection`, a URL. */
export async function startDovecot(options: { readonly introspection: string; readonly connections?: number }): Promise<RunningDovecot> {
  const binary = findBinary('dovecot')
  if (binary === null) throw new Error('Dovecot is not installed.')
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-dovecot-'))
  chmodSync(folder, 0o755)
  const mail = join(folder, 'mail')
  for (const name of ['run', 'state', 'mail']) mkdirSync(join(folder, name))
  chmodSync(mail, 0o777)
  const { certificate, key } = createCertificate()
  writeFileSync(join(folder, 'certificate.pem'), certificate)
  writeFileSync(join(folder, 'key.pem'), key)
  const [tlsPort, starttlsPort, lmtpPort, authPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const values = { DIR: folder, INTROSPECTION: options.introspection, CONNECTIONS: options.connections ?? 50, ...findUsers() }
  fillTemplate('dovecot/auth.lua', join(folder, 'auth.lua'), values)
  const ports = { TLS_PORT: tlsPort, STARTTLS_PORT: starttlsPort, LMTP_PORT: lmtpPort, AUTH_PORT: authPort }
  fillTemplate('dovecot/dovecot.conf', join(folder, 'dovecot.conf'), { ...values, ...ports })

  const server = spawn(binary, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
  const stopNow = () => server.kill('SIGTERM')
  process.once('exit', stopNow)
  for (const port of [tlsPort, lmtpPort]) await waitForPort(port, () => server.exitCode)

  return {
    tls: { host: '127.0.0.1', port: tlsPort, security: 'tls' },
    starttls: { host: '127.0.0.1', port: starttlsPort, security: 'starttls' },
    certificate,
    lmtpPort,
    authPort,
    logFile: join(folder, 'dovecot.log'),
    deliver: (address, raw) => deliverMail(lmtpPort, address, raw),
    read: (address, name = 'INBOX') => readMaildir(join(mail, address, 'Maildir'), name),
    renumber(address) {
      const validity = String(2_000_000_000 + Math.floor(performance.now()))
      const update = ['mailbox', 'update', '-u', address, '--uid-validity', validity, 'INBOX']
      execFileSync(findBinary('doveadm') ?? 'doveadm', ['-c', join(folder, 'dovecot.conf'), ...update], { stdio: 'pipe' })
    },
    async stop() {
      process.off('exit', stopNow)
      stopNow()
      if (server.exitCode === null) await new Promise((resolve) => server.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Root has users made for it; anybody else is everyone at once. */
function findUsers(): Record<string, string> {
  if (process.getuid?.() === 0) {
    const idOf = (flag: string) => execFileSync('id', [flag, 'mail'], { encoding: 'utf8' }).trim()
    return {
      INTERNAL_USER: 'dovecot',
      INTERNAL_GROUP: 'dovecot',
      LOGIN_USER: 'dovenull',
      MAIL_UID: idOf('-u'),
      MAIL_GID: idOf('-g'),
    }
  }
  const { username, uid, gid } = userInfo()
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  return { INTERNAL_USER: username, INTERNAL_GROUP: group, LOGIN_USER: username, MAIL_UID: String(uid), MAIL_GID: String(gid) }
}

/** @throws Error when nobody listens after ten seconds, or the server has ended */
export async function waitForPort(port: number, exitCode: () => number | null): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (exitCode() !== null) throw new Error(`The mail server ended with code ${exitCode()} before it was ready.`)
    const ready = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (ready) return
    await wait(50)
  }
  throw new Error(`Nobody listens on port ${port} after ten seconds.`)
}
