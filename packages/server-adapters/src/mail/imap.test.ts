import { setTimeout as wait } from 'node:timers/promises'
import type { ProviderRefusal } from '@tenantry/sdk/errors'
import { afterEach, describe, expect, it } from 'vitest'
import { createCertificate } from '../../../../test/mail-servers/create-certificate.ts'
import { createImapTransport } from './imap.ts'
import type { ImapConnections, ImapTransportOptions } from './imap.ts'
import { startScriptedServer } from './testing/start-scripted-server.ts'
import type { Answer, Script, ScriptedServer } from './testing/start-scripted-server.ts'

const certificate = createCertificate()
const elsewhere = createCertificate('DNS:other.test')
const token = 'EXAMPLE_token'
const mailbox = 'sales@company.test'
const capabilities = 'IMAP4rev1 IDLE NAMESPACE SASL-IR AUTH=PLAIN AUTH=OAUTHBEARER AUTH=XOAUTH2'

let running: (ScriptedServer | ImapConnections)[] = []
afterEach(async () => {
  for (const part of running) await ('stop' in part ? part.stop() : part.close())
  running = []
})

interface Setup {
  /** By command; `TAG` becomes the command's own. */
  readonly answers?: Readonly<Record<string, Answer | (() => Answer)>>
  readonly script?: Partial<Script>
  readonly options?: ImapTransportOptions
}

/** An Exchange with three messages in INBOX, that answers what a test has it answer. */
async function start({ answers = {}, script = {}, options = {} }: Setup = {}) {
  const usual: Record<string, Answer | (() => Answer)> = {
    CAPABILITY: `* CAPABILITY ${capabilities}\r\nTAG OK done`,
    STARTTLS: 'TAG OK begin',
    AUTHENTICATE: 'TAG OK AUTHENTICATE completed.',
    NAMESPACE: '* NAMESPACE (("" "/")) NIL NIL\r\nTAG OK done',
    LIST: '* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST (\\HasNoChildren) "/" "Sent Items"\r\nTAG OK done',
    LSUB: 'TAG OK done',
    EXAMINE: '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 4] next\r\nTAG OK [READ-ONLY] done',
    SELECT: '* 0 EXISTS\r\n* OK [UIDVALIDITY 8] valid\r\n* OK [UIDNEXT 1] next\r\nTAG OK [READ-WRITE] done',
    'UID SEARCH': '* SEARCH 1 2 3\r\nTAG OK done',
    'UID FETCH': '* 1 FETCH (UID 1 RFC822.SIZE 120 INTERNALDATE "21-Nov-2026 12:00:00 +0000")\r\nTAG OK done',
    APPEND: '+ go on',
    IDLE: '+ idling',
    DONE: 'TAG OK IDLE completed',
    NOOP: 'TAG OK done',
    ...answers,
  }
  let lastTag = ''
  const answer = (line: string): Answer => {
    const [, tag = lastTag, command = line] = /^(\S+) (UID \S+|\S+)/.exec(line) ?? []
    lastTag = tag
    const said = usual[command] ?? 'TAG BAD Command Error. 12'
    return (typeof said === 'string' ? said : said()).replaceAll('TAG', tag)
  }
  const server = await startScriptedServer({ security: 'tls', ...certificate, greeting: '* OK ready', answer, ...script })
  const imap = createImapTransport({ tls: { ca: certificate.certificate }, deadlineMs: 1500, transferDeadlineMs: 1500, ...options })
  running.push(imap, server)
  const security = script.security === undefined ? ('tls' as const) : ('starttls' as const)
  const call = { server: { host: server.host, port: server.port, security }, user: mailbox, accessToken: token }
  return { server, imap, call }
}

async function refusalOf(work: Promise<unknown>): Promise<Pick<ProviderRefusal, 'operation' | 'httpStatus' | 'reason'>> {
  const { operation, httpStatus, reason } = await work.then(
    () => Promise.reject(new Error('It was not refused')),
    (error: unknown) => error as ProviderRefusal,
  )
  return { operation, httpStatus, reason }
}

const said = (server: ScriptedServer, command: string) => server.lines.filter((line) => line.replace(/^\S+ /, '').startsWith(command))

describe('createImapTransport', () => {
  describe('says what an answer means:', () => {
    it.each([
      ['AUTHENTICATE', 'TAG NO AUTHENTICATE failed.', 'imap.connect', 400, 'auth_failed'],
      ['AUTHENTICATE', 'TAG NO [AUTHENTICATIONFAILED] no', 'imap.connect', 400, 'auth_failed'],
      ['AUTHENTICATE', 'TAG NO IMAP access is disabled for this mailbox.', 'imap.connect', 400, 'disabled'],
      ['AUTHENTICATE', 'TAG NO [UNAVAILABLE] not now', 'imap.connect', 503, 'unavailable'],
      ['CAPABILITY', '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done', 'imap.connect', 400, 'auth_unsupported'],
      ['NAMESPACE', 'TAG BAD User is authenticated but not connected.', 'imap.connect', 400, 'not_connected'],
      ['EXAMINE', 'TAG BAD User is authenticated but not connected.', 'imap.examine', 400, 'not_connected'],
      ['EXAMINE', 'TAG NO [NONEXISTENT] none', 'imap.examine', 400, 'no_folder'],
      ['EXAMINE', 'TAG NO [NOPERM] no', 'imap.examine', 400, 'noperm'],
      ['EXAMINE', 'TAG NO Server Unavailable. 15', 'imap.examine', 503, 'unavailable'],
      ['EXAMINE', '* 3 EXISTS\r\nTAG OK [READ-ONLY] without numbers', 'imap.examine', 503, 'unexpected_answer'],
      ['UID SEARCH', 'TAG BAD Command Argument Error. 11', 'imap.list', 400, 'refused'],
      ['UID SEARCH', 'TAG NO [INUSE] busy', 'imap.list', 503, 'inuse'],
      ['UID FETCH', 'TAG NO [SERVERBUG] oops', 'imap.list', 503, 'serverbug'],
    ] as const)('%s -> %s', async (command, answer, operation, httpStatus, reason) => {
      const { imap, call } = await start({ answers: { [command]: answer } })
      expect(await refusalOf(imap.list(call, { fromUid: 1, limit: 10 }))).toEqual({ operation, httpStatus, reason })
    })

    it('a greeting that is none', async () => {
      const { imap, call } = await start({ script: { greeting: '* BYE Too many connections' } })
      expect(await refusalOf(imap.examine(call))).toEqual({ operation: 'imap.connect', httpStatus: 503, reason: 'unavailable' })
    })

    it('how long Exchange asks to wait, at once and not after that time', async () => {
      const throttled = 'TAG BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds'
      const { imap, call } = await start({ answers: { EXAMINE: throttled } })
      const error: unknown = await imap.examine(call).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ httpStatus: 503, reason: 'throttled', retryAfterMs: 92_415 })
    })
  })

  describe('gives up', () => {
    it.each([
      ['AUTHENTICATE', 'silence', 'imap.connect', 'deadline'],
      ['AUTHENTICATE', 'hang up', 'imap.connect', 'network'],
      ['EXAMINE', 'silence', 'imap.examine', 'deadline'],
      ['EXAMINE', 'hang up', 'imap.examine', 'network'],
      ['UID SEARCH', 'silence', 'imap.list', 'deadline'],
      ['UID SEARCH', 'hang up', 'imap.list', 'network'],
      ['UID FETCH', 'hang up', 'imap.list', 'network'],
    ] as const)('at %s with %s', async (command, answer, operation, reason) => {
      const { imap, call } = await start({ answers: { [command]: answer } })
      expect(await refusalOf(imap.list(call, { fromUid: 1, limit: 10 }))).toEqual({ operation, httpStatus: 0, reason })
    })

    it.each([
      ['silence', 'deadline'],
      ['hang up', 'network'],
    ] as const)('at the greeting with %s', async (greeting, reason) => {
      const { imap, call } = await start({ script: { greeting } })
      expect(await refusalOf(imap.examine(call))).toEqual({ operation: 'imap.connect', httpStatus: 0, reason })
    })
  })

  describe('keeps the token from everybody else:', () => {
    const untouched = (server: ScriptedServer) => expect(said(server, 'AUTHENTICATE')).toEqual([])

    it('who has a certificate of an unknown authority', async () => {
      const { server, call } = await start()
      expect(await refusalOf(createImapTransport({ deadlineMs: 1500 }).examine(call))).toMatchObject({ httpStatus: 0, reason: 'tls' })
      untouched(server)
    })

    it('who has a certificate for another name', async () => {
      const { server, imap, call } = await start({ script: elsewhere, options: { tls: { ca: elsewhere.certificate } } })
      expect(await refusalOf(imap.examine({ ...call, server: { ...call.server, security: 'tls' } }))).toMatchObject({ reason: 'tls' })
      untouched(server)
    })

    it('who does not offer STARTTLS', async () => {
      const { server, imap, call } = await start({ script: { security: 'starttls' } })
      expect(await refusalOf(imap.examine(call))).toEqual({ operation: 'imap.connect', httpStatus: 0, reason: 'tls' })
      untouched(server)
    })

    it('who refuses STARTTLS, or speaks before it has begun', async () => {
      for (const answer of ['TAG NO not today', 'TAG OK begin\r\n* CAPABILITY AUTH=PLAIN']) {
        const answers = { CAPABILITY: `* CAPABILITY STARTTLS ${capabilities}\r\nTAG OK done`, STARTTLS: answer }
        const { server, imap, call } = await start({ script: { security: 'starttls' }, answers })
        expect(await refusalOf(imap.examine(call))).toMatchObject({ operation: 'imap.connect', httpStatus: 0 })
        untouched(server)
      }
    })

    it('who greets as if somebody had signed in', async () => {
      const { server, imap, call } = await start({ script: { security: 'starttls', greeting: '* PREAUTH welcome' } })
      expect(await refusalOf(imap.examine(call))).toMatchObject({ httpStatus: 0 })
      untouched(server)
    })
  })

  it('signs in once and with XOAUTH2, whatever else is offered', async () => {
    const { server, imap, call } = await start({ answers: { AUTHENTICATE: 'TAG NO AUTHENTICATE failed.' } })
    await refusalOf(imap.examine(call))
    const attempts = said(server, 'AUTHENTICATE').map((line) => atob(line.replace(/^\S+ AUTHENTICATE XOAUTH2 /, '')))
    expect(attempts).toEqual([`user=${mailbox}\u0001auth=Bearer ${token}\u0001\u0001`])
    expect(said(server, 'LOGIN')).toEqual([])
  })

  describe('fetch', () => {
    it('takes nothing that is announced as too large', async () => {
      const { server, imap, call } = await start({ answers: { 'UID FETCH': '* 1 FETCH (UID 1 RFC822.SIZE 90000000)\r\nTAG OK done' } })
      expect(await refusalOf(imap.fetch(call, { uidValidity: 7, uid: 1 }))).toMatchObject({ httpStatus: 400, reason: 'answer_too_large' })
      expect(said(server, 'UID FETCH').filter((line) => line.includes('BODY'))).toEqual([])
    })

    it('takes nothing that turns out to be too large', async () => {
      const lying = '* 1 FETCH (UID 1 RFC822.SIZE 120 BODY[] {90000000}\r\nSubject: x'
      const { imap, call } = await start({ answers: { 'UID FETCH': lying } })
      expect(await refusalOf(imap.fetch(call, { uidValidity: 7, uid: 1 }))).toMatchObject({ httpStatus: 400, reason: 'answer_too_large' })
    })

    it('asks for the bytes in a way that leaves the message unseen, in a folder that is opened for reading', async () => {
      const bytes = '* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[] {5}\r\nbytes)\r\nTAG OK done'
      const { server, imap, call } = await start({ answers: { 'UID FETCH': bytes } })
      expect(await imap.fetch(call, { uidValidity: 7, uid: 1 })).toEqual(new TextEncoder().encode('bytes'))
      expect(said(server, 'UID FETCH').at(-1)).toMatch(/BODY\.PEEK\[\]/)
      expect(said(server, 'SELECT')).toEqual([])
    })

    it.each(['RFC822.SIZE 120 BODY[] NIL', 'FLAGS (\\Seen)'])(
      'does not take a message for gone that the server tells of: %s',
      async (told) => {
        const { imap, call } = await start({ answers: { 'UID FETCH': `* 1 FETCH (UID 1 ${told})\r\nTAG OK done` } })
        expect(await refusalOf(imap.fetch(call, { uidValidity: 7, uid: 1 }))).toMatchObject({
          httpStatus: 503,
          reason: 'unexpected_answer',
        })
      },
    )

    it('takes a message for gone that the server tells nothing of', async () => {
      const { imap, call } = await start({ answers: { 'UID FETCH': 'TAG OK done' } })
      expect(await imap.fetch(call, { uidValidity: 7, uid: 1 })).toBeNull()
    })

    it('does not take another message for the one it asked for', async () => {
      const other = '* 2 FETCH (UID 2 RFC822.SIZE 5 BODY[] {5}\r\nother)\r\nTAG OK done'
      const { imap, call } = await start({ answers: { 'UID FETCH': other } })
      expect(await imap.fetch(call, { uidValidity: 7, uid: 1 })).toBeNull()
    })
  })

  describe('keepSent', () => {
    const input = { raw: new TextEncoder().encode('Subject: x\r\n\r\ny\r\n'), messageId: '<x@company.test>' }

    it('knows the folder by its use rather than by its name', async () => {
      const list = '* LIST (\\HasNoChildren) "/" "Sent Items"\r\n* LIST (\\Sent) "/" "Elküldött"\r\nTAG OK done'
      const { server, imap, call } = await start({
        answers: { LIST: list.replace('Elküldött', 'Elk&APw-ld&APY-tt'), 'UID SEARCH': '* SEARCH 5\r\nTAG OK done' },
      })
      await imap.keepSent(call, input)
      expect(said(server, 'SELECT')).toEqual([expect.stringContaining('Elk&APw-ld&APY-tt')])
      expect(said(server, 'APPEND')).toEqual([])
    })

    it('takes Exchange’s name where no use is told', async () => {
      const { server, imap, call } = await start({ answers: { 'UID SEARCH': '* SEARCH\r\nTAG OK done' } })
      expect(await refusalOf(imap.keepSent(call, input))).toMatchObject({ operation: 'imap.append', httpStatus: 0 })
      expect(said(server, 'APPEND')).toEqual([expect.stringMatching(/APPEND "Sent Items" \(\\Seen\) \{\d+\+?\}/)])
    })

    it('is refused where there is no such folder', async () => {
      const { imap, call } = await start({ answers: { LIST: '* LIST () "/" INBOX\r\nTAG OK done' } })
      expect(await refusalOf(imap.keepSent(call, input))).toEqual({ operation: 'imap.append', httpStatus: 400, reason: 'no_folder' })
    })
  })

  describe('watch', () => {
    const watch = (imap: ImapConnections, call: Parameters<ImapConnections['examine']>[0], onChange = () => undefined as void) => {
      const stop = new AbortController()
      return { stop, ended: imap.watch(call, { onChange, signal: stop.signal }) }
    }

    it('begins IDLE anew after each probe', async () => {
      const { server, imap, call } = await start({ options: { probeMs: 30 } })
      const { stop, ended } = watch(imap, call)
      while (said(server, 'IDLE').length < 3) await wait(10)
      stop.abort()
      await ended
      const dialogue = server.lines.map((line) => line.replace(/^\S+ /, '')).filter((line) => /^(IDLE|DONE|NOOP)$/.test(line))
      expect(dialogue.slice(0, 6)).toEqual(['IDLE', 'DONE', 'NOOP', 'IDLE', 'DONE', 'NOOP'])
    })

    it('tells of a change once it is told', async () => {
      const { imap, call } = await start({ answers: { IDLE: '+ idling\r\n* 4 EXISTS' } })
      await new Promise<void>((resolve) => {
        const { stop, ended } = watch(imap, call, () => {
          stop.abort()
          void ended.then(resolve)
        })
      })
    })

    it.each([
      ['nobody answers the probe', { NOOP: 'silence', DONE: 'silence' }, 0, 'deadline'],
      ['the server hangs up', { IDLE: 'hang up' }, 0, 'network'],
      ['the server says goodbye', { IDLE: '* BYE Session is too long, try again' }, 503, 'unavailable'],
    ] as const)('is refused when %s', async (_, answers, httpStatus, reason) => {
      const { server, imap, call } = await start({ answers, options: { probeMs: 30 } })
      const refused = refusalOf(watch(imap, call).ended)
      const goodbye = async () => {
        while (said(server, 'IDLE').length === 0) await wait(10)
        await server.stop()
      }
      if (httpStatus === 503) await Promise.race([goodbye(), refused])
      expect(await refused).toMatchObject({ httpStatus, reason })
    })
  })

  describe('connections', () => {
    it('are used again by the same sign-in, and by nobody else', async () => {
      const { server, imap, call } = await start()
      await imap.examine(call)
      await imap.list(call, { fromUid: 1, limit: 1 })
      expect(server.connections()).toBe(1)
      await imap.examine({ ...call, accessToken: 'EXAMPLE_other' })
      await imap.examine({ ...call, user: 'desk@company.test' })
      expect(server.connections()).toBe(3)
      expect(said(server, 'AUTHENTICATE')).toHaveLength(3)
    })

    it('are hung up after a while', async () => {
      const { server, imap, call } = await start({ options: { keepMs: 20 } })
      await imap.examine(call)
      await wait(80)
      await imap.examine(call)
      expect(server.connections()).toBe(2)
    })

    it('are few at once, and everybody’s turn comes', async () => {
      const { server, imap, call } = await start({ options: { connections: 2 } })
      await Promise.all(Array.from({ length: 9 }, () => imap.examine(call)))
      expect(server.connections()).toBe(2)
      expect(said(server, 'EXAMINE')).toHaveLength(9)
    })

    it('that died while they waited are made anew, once', async () => {
      const place = '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 4] next\r\nTAG OK [READ-ONLY] done'
      const answers = [place, 'hang up', place, 'hang up', 'hang up']
      const { server, imap, call } = await start({ answers: { EXAMINE: () => answers.shift() ?? place } })
      await imap.examine(call)
      await imap.examine(call)
      expect(server.connections()).toBe(2)
      expect(await refusalOf(imap.examine(call))).toMatchObject({ httpStatus: 0, reason: 'network' })
      expect(server.connections()).toBe(3)
    })

    it('are not asked again where the answer is about the mailbox', async () => {
      const place = '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 4] next\r\nTAG OK [READ-ONLY] done'
      const answers = [place, 'TAG BAD Request is throttled. Suggested Backoff Time: 5000 milliseconds']
      const { server, imap, call } = await start({ answers: { EXAMINE: () => answers.shift() ?? place } })
      await imap.examine(call)
      expect(await refusalOf(imap.examine(call))).toMatchObject({ reason: 'throttled' })
      expect(server.connections()).toBe(1)
    })
  })
})
