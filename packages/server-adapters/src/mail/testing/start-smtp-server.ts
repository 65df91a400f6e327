import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { TestCertificate } from '../../../../../test/mail-servers/create-certificate.ts'

export interface RunningSmtpServer {
  readonly server: { readonly host: string; readonly port: number; readonly security: 'starttls' }
  readonly maxBytes: number
  /** By recipient, in the order of their coming. */
  readonly received: Map<string, Uint8Array[]>
  stop(): Promise<void>
}

/** A submission server in this process, where Postfix cannot run: STARTTLS, XOAUTH2, Send As. */
export async function startSmtpServer(options: {
  readonly certificate: TestCertificate
  /** The person of a token who signs in as this user, or `false`. */
  readonly maySignIn: (user: string, accessToken: string) => boolean
  readonly maySendAs: (sender: string) => readonly string[]
}): Promise<RunningSmtpServer> {
  const received = new Map<string, Uint8Array[]>()
  const maxBytes = 157_286_400
  const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })
  const server = new SMTPServer({
    cert: options.certificate.certificate,
    key: options.certificate.key,
    authMethods: ['XOAUTH2'],
    size: maxBytes,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username = '', accessToken = '' }, _session, done) {
      if (options.maySignIn(username, accessToken)) done(null, { user: username })
      else done(refuse(535, '5.7.3 Authentication unsuccessful'))
    },
    onMailFrom({ address }, { user }, done) {
      done(
        options.maySendAs(address).includes(String(user))
          ? null
          : refuse(550, '5.7.60 SMTP; Client does not have permissions to send as this sender'),
      )
    },
    onRcptTo({ address }, _session, done) {
      done(address.includes('.') ? null : refuse(504, '5.5.2 need fully-qualified address'))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) received.set(address, [...(received.get(address) ?? []), Buffer.concat(chunks)])
        done(null, '2.6.0 queued')
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server: { host: '127.0.0.1', port: (server.server.address() as AddressInfo).port, security: 'starttls' },
    maxBytes,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
