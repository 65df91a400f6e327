import type { ProviderRefusal } from '@tenantry/sdk/errors'
import { afterEach, describe, expect, it } from 'vitest'
import { createCertificate } from '../../../../test/mail-servers/create-certificate.ts'
import { createSmtpTransport } from './smtp.ts'
import { startScriptedServer } from './testing/start-scripted-server.ts'
import type { Answer, Script, ScriptedServer } from './testing/start-scripted-server.ts'

const certificate = createCertificate()
const elsewhere = createCertificate('DNS:other.test')
const from = 'sales@company.test'
const token = 'EXAMPLE_token'
const encoder = new TextEncoder()
const small = encoder.encode('Subject: small\r\n\r\nHello\r\n')
const large = encoder.encode(`Subject: large\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(100_000)}`)

let servers: ScriptedServer[] = []
afterEach(async () => {
  for (const server of servers) await server.stop()
  servers = []
})

/** An Exchange that takes everything but what a test has it answer. */
async function start(answers: Readonly<Record<string, Answer>> = {}, changes: Partial<Script> = {}) {
  const usual: Record<string, Answer> = {
    EHLO: '250-localhost\r\n250-SIZE 157286400\r\n250-STARTTLS\r\n250-AUTH LOGIN XOAUTH2\r\n250 PIPELINING',
    STARTTLS: '220 2.0.0 SMTP server ready',
    AUTH: '235 2.7.0 Authentication successful',
    MAIL: '250 2.1.0 Sender OK',
    RCPT: '250 2.1.5 Recipient OK',
    DATA: '354 Start mail input',
    '.': '250 2.6.0 Queued mail for delivery',
    RSET: '250 2.0.0 Resetting',
    QUIT: '221 2.0.0 Bye',
    ...answers,
  }
  const answer = (line: string): Answer => usual[line.split(/[ :]/)[0] ?? ''] ?? '500 5.3.3 Unrecognized command'
  const server = await startScriptedServer({ security: 'starttls', ...certificate, greeting: '220 localhost ready', answer, ...changes })
  servers.push(server)
  const { host, port } = server
  const call = {
    server: { host, port, security: changes.security === 'tls' ? 'tls' : 'starttls' } as const,
    user: 'agent@company.test',
    accessToken: token,
  }
  const smtp = createSmtpTransport({ tls: { ca: certificate.certificate }, deadlineMs: 1500, dataDeadlineMs: 1500 })
  return { server, call, smtp, send: (raw = small, to = ['ann@acme.test']) => smtp.send(call, { from, to, raw }) }
}

async function refusalOf(work: Promise<unknown>): Promise<Pick<ProviderRefusal, 'operation' | 'httpStatus' | 'reason'>> {
  const { operation, httpStatus, reason } = await work.then(
    () => Promise.reject(new Error('It was not refused')),
    (error: unknown) => error as ProviderRefusal,
  )
  return { operation, httpStatus, reason }
}

const commandsOf = (server: ScriptedServer) => server.lines.map((line) => line.split(/[ :]/)[0])

describe('createSmtpTransport', () => {
  describe('says what an answer means:', () => {
    it.each([
      [
        'AUTH',
        '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
        'smtp.auth',
        400,
        '5.7.139',
      ],
      ['AUTH', '535 5.7.3 Authentication unsuccessful', 'smtp.auth', 400, '5.7.3'],
      ['AUTH', '454 4.7.0 Temporary authentication failure', 'smtp.auth', 503, '4.7.0'],
      ['AUTH', '504 Unrecognized authentication type', 'smtp.auth', 400, '504'],
      ['MAIL', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'smtp.mail', 400, '5.7.60'],
      ['MAIL', '452 4.3.1 Insufficient system resources', 'smtp.mail', 503, '4.3.1'],
      ['RCPT', '550 5.4.1 Recipient address rejected: Access denied.', 'smtp.rcpt', 400, '5.4.1'],
      ['DATA', '554 5.5.1 Error: no valid recipients', 'smtp.data', 400, '5.5.1'],
      ['.', '554 5.2.252 SendAsDenied; agent@company.test not allowed to send as sales@company.test', 'smtp.data', 400, '5.2.252'],
      ['.', '554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException', 'smtp.data', 400, '5.2.0'],
      ['.', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', 'smtp.data', 503, '4.3.2'],
      ['.', '421 4.4.2 Connection dropped', 'smtp.data', 503, '4.4.2'],
    ] as const)('%s -> %s', async (command, answer, operation, httpStatus, reason) => {
      const { send } = await start({ [command]: answer })
      expect(await refusalOf(send())).toEqual({ operation, httpStatus, reason })
    })

    it('keeps the words for whoever classifies', async () => {
      const { send } = await start({ '.': '554 5.2.0 STOREDRV; SendAsDeniedException.MapiExceptionSendAsDenied' })
      const error: unknown = await send().catch((reason: unknown) => reason)
      expect((error as ProviderRefusal).mentions('SendAsDenied')).toBe(true)
      expect(String(error)).not.toContain('SendAsDenied')
    })

    it('has the size of a message that is too large refused before it travels', async () => {
      const { server, send } = await start({ EHLO: '250-localhost\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 AUTH XOAUTH2' })
      expect(await refusalOf(send(large))).toEqual({ operation: 'smtp.mail', httpStatus: 400, reason: '5.3.4' })
      expect(commandsOf(server)).not.toContain('MAIL')
    })
  })

  describe('is in doubt only after the final dot:', () => {
    it.each([
      ['before the greeting', { greeting: 'silence' as Answer }, 'smtp.connect', 'deadline'],
      ['at the greeting', { greeting: 'hang up' as Answer }, 'smtp.connect', 'network'],
      ['within the message', { dataLimit: 200_000 }, 'smtp.transfer', 'network'],
    ])('not when it ends %s', async (_, changes, operation, reason) => {
      const { send } = await start({}, changes)
      expect(await refusalOf(send(large))).toEqual({ operation, httpStatus: 0, reason })
    })

    it.each([
      ['EHLO', 'silence', 'smtp.connect', 'deadline'],
      ['AUTH', 'silence', 'smtp.auth', 'deadline'],
      ['AUTH', 'hang up', 'smtp.auth', 'network'],
      ['MAIL', 'silence', 'smtp.mail', 'deadline'],
      ['MAIL', 'hang up', 'smtp.mail', 'network'],
      ['DATA', 'hang up', 'smtp.mail', 'network'],
      ['DATA', 'silence', 'smtp.mail', 'deadline'],
    ] as const)('not at %s with %s', async (command, answer, operation, reason) => {
      const { send } = await start({ [command]: answer })
      expect(await refusalOf(send())).toEqual({ operation, httpStatus: 0, reason })
    })

    it.each([
      ['silence', 'deadline'],
      ['hang up', 'network'],
    ] as const)('at the dot with %s', async (answer, reason) => {
      const { server, send } = await start({ '.': answer })
      expect(await refusalOf(send())).toEqual({ operation: 'smtp.data', httpStatus: 0, reason })
      expect(commandsOf(server).filter((command) => command === 'DATA')).toHaveLength(1)
    })
  })

  describe('keeps the token from everybody else:', () => {
    const untouched = (server: ScriptedServer) => expect(server.lines.filter((line) => line.startsWith('AUTH'))).toEqual([])

    it('who has a certificate of an unknown authority', async () => {
      const { server, call } = await start()
      expect(await refusalOf(createSmtpTransport({ deadlineMs: 1500 }).probe(call, { from }))).toMatchObject({
        httpStatus: 0,
        reason: 'tls',
      })
      untouched(server)
    })

    it('who has a certificate for another name', async () => {
      const { server, call } = await start({}, elsewhere)
      const smtp = createSmtpTransport({ deadlineMs: 1500, tls: { ca: elsewhere.certificate } })
      expect(await refusalOf(smtp.probe(call, { from }))).toMatchObject({ operation: 'smtp.connect', httpStatus: 0, reason: 'tls' })
      untouched(server)
    })

    it.each(['454 4.7.0 TLS not available', '502 5.5.1 Command not implemented'])('who answers STARTTLS with %s', async (answer) => {
      const { server, smtp, call } = await start({ STARTTLS: answer, EHLO: '250-localhost\r\n250 AUTH XOAUTH2' })
      expect(await refusalOf(smtp.probe(call, { from }))).toMatchObject({ operation: 'smtp.connect' })
      untouched(server)
    })

    it('who speaks before TLS has begun', async () => {
      const { server, smtp, call } = await start({ STARTTLS: '220 ready\r\n250-injected\r\n250 AUTH PLAIN' })
      await smtp.probe(call, { from }).catch(() => undefined)
      expect(server.lines.slice(0, server.lines.indexOf('(tls)')).filter((line) => line.startsWith('AUTH'))).toEqual([])
    })
  })

  it('signs in once, as the delegate and with XOAUTH2, whatever else is offered', async () => {
    const { server, smtp, call } = await start({ AUTH: '535 5.7.3 Authentication unsuccessful' })
    await refusalOf(smtp.probe(call, { from }))
    const attempts = server.lines.filter((line) => line.startsWith('AUTH'))
    expect(attempts.map((line) => atob(line.replace('AUTH XOAUTH2 ', '')))).toEqual([
      `user=agent@company.test\u0001auth=Bearer ${token}\u0001\u0001`,
    ])
  })

  it('hears the reason of a server that explains itself before it refuses', async () => {
    const { server, smtp, call } = await start({ AUTH: '334 eyJzdGF0dXMiOiI0MDAifQ==', '': '535 5.7.3 Authentication unsuccessful' })
    expect(await refusalOf(smtp.probe(call, { from }))).toEqual({ operation: 'smtp.auth', httpStatus: 400, reason: '5.7.3' })
    expect(server.lines.filter((line) => line === '')).toHaveLength(1)
  })

  it('asks about every recipient before it sends to any', async () => {
    const { server, send } = await start()
    await send(small, ['ann@acme.test', 'ben@acme.test'])
    const expected = ['MAIL', 'RCPT', 'RCPT', 'RSET', 'MAIL', 'RCPT', 'RCPT', 'DATA', '.']
    expect(commandsOf(server).filter((command) => expected.includes(command ?? ''))).toEqual(expected)
  })

  it('probes over TLS from the first byte, and sends nothing', async () => {
    const { server, smtp, call } = await start({}, { security: 'tls' })
    expect(await smtp.probe(call, { from })).toEqual({ maxBytes: 157_286_400 })
    expect(server.lines[0]).toBe('(tls)')
    expect(commandsOf(server)).not.toContain('DATA')
  })

  it('says nothing about a size that the server does not tell', async () => {
    const { smtp, call } = await start({ EHLO: '250-localhost\r\n250-STARTTLS\r\n250 AUTH XOAUTH2' })
    expect(await smtp.probe(call, { from })).toEqual({ maxBytes: null })
  })
})
