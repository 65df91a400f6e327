import { describe, expect, it } from 'vitest'
import { json } from '../../testing/start-tenant.ts'
import { AGENT, callGraph, refusalOf, SALES, startDirectory } from '../testing/start-directory.ts'

const KIM = 'kim@customer.test'
const MB = 1024 * 1024

function mime(more: { from?: string; to?: string; extra?: string[]; size?: number } = {}): string {
  const { from = SALES, to = KIM, extra = [], size = 10 } = more
  const head = [`From: Sales <${from}>`, `To: Kim <${to}>`, 'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=', 'Message-ID: <m1@acme.test>', ...extra]
  return `${[...head, 'Content-Type: text/plain', '', 'x'.repeat(size)].join('\r\n')}\r\n`
}

async function startSending() {
  const directory = startDirectory()
  const { sandbox, microsoft, connect } = directory
  sandbox.google.createAccount({ address: KIM, seed: false })
  const { access_token: token } = await connect()
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    callGraph(sandbox, token, method, path, body, headers)
  const send = async (path: string, body: unknown) => {
    const answer = await call('POST', path, body)
    await sandbox.settled()
    return answer.status
  }
  const textOf = (raw: Uint8Array | undefined) => new TextDecoder().decode(raw)
  const kim = () =>
    sandbox.snapshot().accounts[0]?.mailbox.messages.map(({ raw }) => atob(raw.replaceAll('-', '+').replaceAll('_', '/'))) ?? []
  return { ...directory, microsoft, token, call, send, textOf, kim }
}

describe('sendMail', () => {
  it('sends MIME as it is, files the copy where it was sent from, and keeps blind copies blind', async () => {
    const { microsoft, send, textOf, kim } = await startSending()
    const text = mime({ extra: ['Date: Mon, 01 Jun 2026 12:00:00 +0000', `Bcc: ${AGENT}`, 'In-Reply-To: <0@x>', 'References: <0@x>'] })
    expect(await send(`users/${SALES}/sendMail`, text)).toBe(202)
    expect(microsoft.sentItems(SALES).map(({ raw, messageId }) => [textOf(raw), messageId])).toEqual([[text, '<m1@acme.test>']])
    expect(microsoft.sentItems(AGENT)).toEqual([])
    const delivered = text.replace(`Bcc: ${AGENT}\r\n`, '')
    expect(kim()).toEqual([delivered])
    expect(microsoft.inbox(AGENT).map(({ raw }) => textOf(raw))).toEqual([delivered])
    expect(await send('me/sendMail', mime())).toBe(202)
    expect(microsoft.sentItems(AGENT)).toHaveLength(1)
  })

  it('touches no byte of the other header fields, nor of the body', async () => {
    const { sandbox, microsoft, token, kim } = await startSending()
    const every = String.fromCharCode(...Array.from({ length: 128 }, (_, at) => at + 128))
    const text = `From: ${SALES}\r\nTo: ${KIM}\r\nMessage-ID: <m2@acme.test>\r\nDate: x\r\nX-Folded: a\r\n\t${every}\r\n\r\n\r\n${every}\n.\r\n`
    expect((await callGraph(sandbox, token, 'POST', `users/${SALES}/sendMail`, text)).status).toBe(202)
    await sandbox.settled()
    expect(kim()).toEqual([text])
    expect(String.fromCharCode(...(microsoft.sentItems(SALES)[0]?.raw ?? []))).toBe(text)
  })

  it('names the sender when it is on behalf, and refuses who may do neither', async () => {
    const { microsoft, call, send, textOf } = await startSending()
    const path = `users/${SALES}/sendMail`
    expect(await refusalOf(call('POST', path, mime({ from: 'boss@acme.test' })))).toEqual([403, 'ErrorSendAsDenied'])
    microsoft.revokeAccess({ mailbox: SALES, from: AGENT, sendAs: true })
    expect(await refusalOf(call('POST', path, mime()))).toEqual([403, 'ErrorSendAsDenied'])
    microsoft.grantAccess({ mailbox: SALES, to: AGENT, sendOnBehalf: true })
    expect(await send(path, mime())).toBe(202)
    expect(textOf(microsoft.sentItems(SALES)[0]?.raw)).toContain(`Sender: ${AGENT}\r\n`)
    microsoft.revokeAccess({ mailbox: SALES, from: AGENT, fullAccess: true })
    expect(await refusalOf(call('POST', path, mime()))).toEqual([403, 'ErrorAccessDenied'])
    // From alone is a question of the right to send.
    expect(await send('me/sendMail', mime())).toBe(202)
    expect(await refusalOf(call('POST', 'me/sendMail', mime({ to: 'nobody' })))).toEqual([400, 'ErrorInvalidRecipients'])
  })

  it('takes JSON, without In-Reply-To', async () => {
    const { microsoft, call, send } = await startSending()
    const message = { subject: 'Grüße', body: { contentType: 'Text', content: 'ü' }, toRecipients: [{ emailAddress: { address: KIM } }] }
    const from = { emailAddress: { address: SALES } }
    expect(await send(`users/${SALES}/sendMail`, { message: { ...message, from } })).toBe(202)
    expect(microsoft.sentItems(SALES)).toMatchObject([{ subject: 'Grüße', from: SALES }])
    expect(await send(`users/${SALES}/sendMail`, { message: { ...message, from }, saveToSentItems: false })).toBe(202)
    expect(microsoft.sentItems(SALES)).toHaveLength(1)
    const internetMessageHeaders = [{ name: 'In-Reply-To', value: '<0@x>' }]
    expect(await refusalOf(call('POST', 'me/sendMail', { message: { ...message, internetMessageHeaders } }))).toEqual([
      400,
      'InvalidInternetMessageHeader',
    ])
  })

  it('has its traps of size and of base64', async () => {
    const { sandbox, microsoft, token, call, send } = await startSending()
    const path = `users/${SALES}/sendMail`
    const url = `${sandbox.microsoftEndpoints.global.graph}/v1.0/${path}`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' }
    const odd = sandbox.fetch(new Request(url, { method: 'POST', headers, body: '-_-_' }))
    expect(await refusalOf(odd)).toEqual([400, 'ErrorMimeContentInvalidBase64String'])
    expect(await refusalOf(call('POST', path, mime({ size: 3.2 * MB })))).toEqual([413, 'RequestEntityTooLarge'])
    expect(await send(path, mime({ size: 2240 * 1024 }))).toBe(200)
    expect(microsoft.sentItems(SALES)).toEqual([])
    expect(await send(path, mime({ size: 2_200_000 }))).toBe(202)
    expect(microsoft.sentItems(SALES)).toHaveLength(1)
  })

  it('keeps a thread one conversation, in both mailboxes', async () => {
    const { sandbox, microsoft, send } = await startSending()
    const first = microsoft.deliverMail(SALES, { eml: 'Message-ID: <0@x>\r\nFrom: kim@customer.test\r\nSubject: a\r\n\r\nx' })
    expect(await send(`users/${SALES}/sendMail`, mime({ extra: [`In-Reply-To: ${first.messageId}`] }))).toBe(202)
    microsoft.deliverMail(SALES, { eml: 'Message-ID: <2@x>\r\nReferences: <0@x> <m1@acme.test>\r\nFrom: kim@customer.test\r\n\r\ny' })
    const conversations = [...microsoft.inbox(SALES), ...microsoft.sentItems(SALES)].map(({ conversationId }) => conversationId)
    expect([conversations.length, new Set(conversations).size]).toEqual([3, 1])
    expect(sandbox.snapshot().accounts[0]?.mailbox.messages).toHaveLength(1)
  })
})

describe('drafts', () => {
  it('take small and large attachments, and are sent with their headers', async () => {
    const { sandbox, microsoft, call, send, textOf, kim } = await startSending()
    const path = `users/${SALES}/messages`
    const { id } = await json<{ id: string }>(
      await call('POST', path, mime({ extra: ['In-Reply-To: <0@x>'] }), { prefer: 'IdType="ImmutableId"' }),
    )
    const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'a.txt', contentType: 'text/plain', contentBytes: btoa('hello') }
    expect((await call('POST', `${path}/${id}/attachments`, file)).status).toBe(201)
    const large = new Uint8Array(7 * MB).map((_, at) => at % 251)
    const AttachmentItem = { attachmentType: 'file', name: 'b.bin', size: large.length }
    const { uploadUrl } = await json<{ uploadUrl: string }>(
      await call('POST', `${path}/${id}/attachments/createUploadSession`, { AttachmentItem }),
    )
    const put = (from: number, to: number, more: Record<string, string> = {}) =>
      sandbox.fetch(
        new Request(uploadUrl, {
          method: 'PUT',
          headers: { 'content-range': `bytes ${from}-${to - 1}/${large.length}`, ...more },
          body: large.slice(from, to),
        }),
      )
    expect((await put(0, 4 * MB, { authorization: 'Bearer x' })).status).toBe(401)
    expect(await refusalOf(put(0, 5 * MB))).toEqual([413, 'RequestEntityTooLarge'])
    expect(await refusalOf(put(4 * MB, 7 * MB))).toEqual([416, 'InvalidRange'])
    expect(await json(await put(0, 4 * MB))).toMatchObject({ nextExpectedRanges: [`${4 * MB}-`] })
    const done = await put(4 * MB, 7 * MB)
    expect([done.status, done.headers.get('location')]).toEqual([201, expect.stringContaining('/Attachments(')])
    expect((await put(4 * MB, 7 * MB)).status).toBe(404)
    expect(await send(`${path}/${id}/send`, undefined)).toBe(202)
    expect(microsoft.drafts(SALES)).toEqual([])
    const sent = textOf(microsoft.sentItems(SALES)[0]?.raw)
    expect(sent).toContain('Message-ID: <m1@acme.test>\r\nIn-Reply-To: <0@x>\r\n')
    expect(sent).toContain('filename="a.txt"\r\n\r\naGVsbG8=\r\n')
    expect(sent).toContain(`filename="b.bin"\r\n\r\n${btoa(String.fromCharCode(...large.slice(0, 57)))}\r\n`)
    expect(kim()).toEqual([sent])
    expect(await refusalOf(call('POST', `${path}/${id}/send`))).toEqual([404, 'ErrorItemNotFound'])
  })

  it('refuse what belongs into a session, and the reverse; and what no mailbox takes', async () => {
    const { microsoft, call } = await startSending()
    const path = `users/${SALES}/messages`
    const { id } = await json<{ id: string }>(await call('POST', path, mime()))
    const session = (size: number) =>
      refusalOf(
        call('POST', `${path}/${id}/attachments/createUploadSession`, { AttachmentItem: { attachmentType: 'file', name: 'a', size } }),
      )
    expect(await session(MB)).toEqual([400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize'])
    expect(await session(151 * MB)).toEqual([413, 'ErrorMessageSizeExceeded'])
    microsoft.limitMailbox(SALES, { maxMessageBytes: 100 })
    expect(await refusalOf(call('POST', `${path}/${id}/send`))).toEqual([413, 'ErrorMessageSizeExceeded'])
    expect((await call('DELETE', `${path}/${id}`)).status).toBe(204)
    expect(await refusalOf(call('DELETE', `${path}/${id}`))).toEqual([404, 'ErrorItemNotFound'])
  })
})
