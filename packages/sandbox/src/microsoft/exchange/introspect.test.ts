import { describe, expect, it } from 'vitest'
import { json } from '../../testing/start-tenant.ts'
import { AGENT, GRAPH, OUTLOOK, SALES, startDirectory } from '../testing/start-directory.ts'
import type { MailSignInResult } from '../world/microsoft-world.ts'

async function startServer() {
  const directory = startDirectory()
  const { sandbox, microsoft, connect } = directory
  const { access_token: token } = await connect(`offline_access ${OUTLOOK}`)
  const ask = async (protocol: 'imap' | 'smtp', user: string, bearer = token) => {
    const named: Record<string, string> = protocol === 'imap' ? { mailbox: user } : { user }
    const body = new URLSearchParams({ token: bearer, protocol, ...named })
    const answer = await json<MailSignInResult>(
      await sandbox.fetch(new Request('http://localhost:4010/introspect', { method: 'POST', body })),
    )
    expect(microsoft.checkMailSignIn({ protocol, user, token: bearer })).toEqual(answer)
    return answer
  }
  return { ...directory, token, ask }
}

describe('introspection', () => {
  it('lets IMAP into the own mailbox and those with Full Access', async () => {
    const { microsoft, ask } = await startServer()
    expect(await ask('imap', SALES)).toEqual({
      active: true,
      user: AGENT,
      mailboxAllowed: true,
      mayAuthenticateSmtp: true,
      sendAs: [AGENT, SALES],
      reason: null,
    })
    expect(await ask('imap', AGENT)).toMatchObject({ mailboxAllowed: true, reason: null })
    expect(await ask('imap', 'nobody@acme.test')).toMatchObject({ mailboxAllowed: false, reason: 'auth_failed' })
    microsoft.setImap(SALES, false)
    expect(await ask('imap', SALES)).toMatchObject({ active: true, mailboxAllowed: false, reason: 'not_connected' })
    microsoft.setImap(SALES, true)
    microsoft.revokeAccess({ mailbox: SALES, from: AGENT, fullAccess: true })
    expect(await ask('imap', SALES)).toMatchObject({ active: true, mailboxAllowed: false, reason: 'not_connected' })
  })

  it('lets SMTP in as the person, where SMTP AUTH is on', async () => {
    const { microsoft, directoryId, ask } = await startServer()
    expect(await ask('smtp', AGENT)).toMatchObject({ mayAuthenticateSmtp: true, reason: null })
    expect(await ask('smtp', SALES)).toMatchObject({ reason: '5.7.3' })
    microsoft.setSmtpAuth(directoryId, false)
    expect(await ask('smtp', AGENT)).toMatchObject({ mayAuthenticateSmtp: false, reason: '5.7.139' })
    microsoft.setSmtpAuth(AGENT, true)
    expect(await ask('smtp', AGENT)).toMatchObject({ mayAuthenticateSmtp: true, reason: null })
  })

  it('refuses tokens that are dead, of Graph, or without the scope', async () => {
    const { sandbox, connect, ask } = await startServer()
    const ofGraph = await connect(GRAPH)
    expect(await ask('imap', SALES, ofGraph.access_token)).toMatchObject({ active: false, reason: 'auth_failed' })
    const receiving = startDirectory()
    const imapOnly = await receiving.connect('https://outlook.office.com/IMAP.AccessAsUser.All')
    expect(receiving.microsoft.checkMailSignIn({ protocol: 'smtp', user: AGENT, token: imapOnly.access_token })).toMatchObject({
      active: false,
      reason: '5.7.3',
    })
    expect(await ask('imap', SALES, 'nonsense')).toMatchObject({ active: false, user: null, sendAs: [] })
    await sandbox.clock.advance(90 * 60_000)
    expect(await ask('imap', SALES)).toMatchObject({ active: false })
    expect((await sandbox.fetch(new Request('http://localhost:4010/introspect', { method: 'POST', body: 'token=x' }))).status).toBe(400)
  })

  it('files what SMTP took as Exchange does', async () => {
    const { microsoft } = startDirectory()
    const raw = new TextEncoder().encode(`From: ${SALES}\r\nTo: ${SALES}\r\nMessage-ID: <1@x>\r\n\r\nx\r\n`)
    expect([microsoft.maySendAs({ user: AGENT, from: SALES }), microsoft.maySendAs({ user: SALES, from: AGENT })]).toEqual([true, false])
    microsoft.acceptMail({ user: AGENT, from: SALES, to: [SALES], raw })
    expect(microsoft.sentItems(AGENT).map(({ messageId }) => messageId)).toEqual(['<1@x>'])
    expect(microsoft.inbox(SALES).map(({ messageId }) => messageId)).toEqual(['<1@x>'])
    expect(() => microsoft.acceptMail({ user: SALES, from: AGENT, to: [SALES], raw })).toThrow('may not send as')
  })
})
