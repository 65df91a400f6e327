import { ProviderRefusal } from '@tenantry/sdk/errors'
import type { MailCall } from '@tenantry/sdk/ports'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import { assertSignIn } from '../assert-sign-in.ts'
import { tlsOptions } from '../tls-options.ts'
import type { MailTls } from '../tls-options.ts'
import { withinDeadline } from '../within-deadline.ts'
import { refuseReply, toRefusal } from './to-refusal.ts'

type AuthHandler = NonNullable<ConstructorParameters<typeof SmtpConnection>[0]>['customAuth'] extends
  | Record<string, infer Handler>
  | undefined
  ? Handler
  : never

type AuthContext = Parameters<AuthHandler>[0]

export interface SmtpSession {
  readonly connection: SmtpConnection
  /** Rejects when the connection breaks; commands of nodemailer's own tell it by themselves. */
  readonly lost: Promise<never>
  /** Of EHLO's SIZE; `null` when the server does not say. */
  readonly maxBytes: number | null
  /** Sends one command and waits for 2yz. @throws ProviderRefusal */
  command(operation: string, line: string): Promise<void>
  close(): void
}

/** A name of our own: nodemailer takes another mechanism than XOAUTH2 where the server prefers one, and tries XOAUTH2 twice. */
const method = 'TENANTRY'

/** Connects, secures the connection and signs in. @throws ProviderRefusal `smtp.connect` or `smtp.auth` */
export async function openSession(
  call: MailCall,
  { tls, deadlineMs }: { readonly tls: MailTls | undefined; readonly deadlineMs: number },
): Promise<SmtpSession> {
  assertSignIn(call)
  const { host, port, security } = call.server
  let context: AuthContext | undefined
  const connection = new SmtpConnection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    tls: tlsOptions(host, tls),
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    logger: false,
    customAuth: {
      // The context is the one public way to send a command of one's own.
      [method]: (given) => {
        context = given
        given.resolve()
      },
    },
  })
  const lost = new Promise<never>((_, reject) => {
    connection.on('error', reject)
    // Later than the callback of what was under way, which knows more.
    connection.once('end', () => setImmediate(() => reject(new Error('The connection ended'))))
  })
  lost.catch(() => undefined)
  const close = () => connection.close()
  const wait = async <T>(operation: string, work: Promise<T>): Promise<T> => {
    try {
      return await withinDeadline(deadlineMs, Promise.race([work, lost]), close)
    } catch (error) {
      close()
      throw toRefusal(operation, error)
    }
  }

  await wait('smtp.connect', new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve()))))
  await wait(
    'smtp.connect',
    new Promise<void>((resolve, reject) => connection.login({ method }, (error) => (error ? reject(error) : resolve()))),
  )
  const opened = context
  if (opened === undefined || !connection.secure) {
    close()
    throw new ProviderRefusal({ vendor: 'microsoft', operation: 'smtp.connect', httpStatus: 0, reason: 'tls' })
  }
  const ask = async (operation: string, line: string): Promise<{ readonly status: number; readonly response: string }> =>
    wait(operation, opened.sendCommand(line))
  const command = async (operation: string, line: string): Promise<void> => {
    const { status, response } = await ask(operation, line)
    if (status < 200 || status > 299) throw refuseReply(operation, response)
  }

  const token = Buffer.from(`user=${call.user}\u0001auth=Bearer ${call.accessToken}\u0001\u0001`).toString('base64')
  const signedIn = await ask('smtp.auth', `AUTH XOAUTH2 ${token}`)
  // A server that explains itself first waits for an empty line before it refuses.
  const { status, response } = signedIn.status === 334 ? await ask('smtp.auth', '') : signedIn
  if (status !== 235) {
    close()
    throw refuseReply('smtp.auth', response)
  }
  return {
    connection,
    lost,
    maxBytes: opened.maxAllowedSize === false ? null : opened.maxAllowedSize,
    command,
    close() {
      connection.quit()
      setTimeout(close, deadlineMs).unref()
    },
  }
}
