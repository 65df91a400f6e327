import { describe, expect, it } from 'vitest'
import { startMailbox } from '../testing/start-mailbox.ts'
import type { History } from '../testing/start-mailbox.ts'
import { createSandbox } from '../create-sandbox.ts'
import { json, SUPPORT } from '../testing/start-tenant.ts'

const many = 10_000
const mebibyte = 1024 * 1024
const mails = Array.from({ length: many }, (_, at) => ({
  eml: `Message-ID: <${at}@x.test>\r\nIn-Reply-To: <${at - 1}@x.test>\r\nSubject: ${at}\r\n\r\nHello`,
}))

/** Milliseconds that this thread has computed; what else the machine does is not counted. */
function computed(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

describe('ten thousand mails', () => {
  it('are delivered, listed and read in seconds', async () => {
    const { google, call, history, profile } = await startMailbox()
    const { historyId: start } = await profile()
    const begun = computed()
    const delivered = google.deliverMany(SUPPORT, mails)
    const deliveredAfter = computed() - begun
    const seen: string[] = []
    let page: History | undefined
    do {
      page = await history(
        start,
        `&maxResults=500&historyTypes=messageAdded${page?.nextPageToken ? `&pageToken=${page.nextPageToken}` : ''}`,
      )
      seen.push(...(page.history ?? []).map(({ messagesAdded }) => messagesAdded?.[0]?.message.id ?? ''))
    } while (page.nextPageToken)
    for (const { id } of delivered.slice(-1000)) expect((await call('GET', `messages/${id}?format=minimal`)).status).toBe(200)
    expect(seen).toEqual(delivered.map(({ id }) => id))
    // One conversation: each answers the one before.
    expect(new Set(delivered.map(({ threadId }) => threadId)).size).toBe(1)
    expect(deliveredAfter).toBeLessThan(3000)
    expect(computed() - begun).toBeLessThan(10_000)
  }, 30_000)

  it('survive a restart: threads and ids are found in a mailbox from a file', async () => {
    const { sandbox, google, call } = await startMailbox()
    const [first] = google.deliverMany(SUPPORT, mails.slice(0, 50))
    const second = createSandbox({ state: JSON.parse(JSON.stringify(sandbox.snapshot())), clock: sandbox.clock })
    const reply = second.google.deliverMail(SUPPORT, { eml: 'In-Reply-To: <49@x.test>\r\nSubject: Re\r\n\r\nx' })
    expect(reply.threadId).toBe(first?.threadId)
    second.google.deleteMessage(SUPPORT, first?.id ?? '')
    expect(() => second.google.deleteMessage(SUPPORT, first?.id ?? '')).toThrow('has no message')
    expect((await call('GET', `messages/${first?.id}`)).status).toBe(200)
  })
})

describe('a mail of 70 MiB', () => {
  it('is served byte for byte, described without being taken apart, and held once', async () => {
    const { google, call } = await startMailbox()
    const eml = new Uint8Array(70 * mebibyte).fill(0x41)
    eml.set(new TextEncoder().encode('Subject: large\r\n\r\n'))
    const { id } = google.deliverMail(SUPPORT, { eml })
    const begun = computed()
    const metadata = await json<{ sizeEstimate: number; snippet: string; payload: { headers: object[] } }>(
      await call('GET', `messages/${id}?format=metadata`),
    )
    expect(computed() - begun).toBeLessThan(500)
    expect(metadata).toMatchObject({ sizeEstimate: eml.length, payload: { headers: [{ name: 'Subject', value: 'large' }] } })
    const response = await call('GET', `messages/${id}?format=raw`)
    const announced = Number(response.headers.get('content-length'))
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(bytes.length).toBe(announced)
    const { raw, ...rest } = JSON.parse(new TextDecoder().decode(bytes)) as { raw: string; id: string }
    expect(rest).toMatchObject({ id, sizeEstimate: eml.length })
    expect(Buffer.from(raw, 'base64url').equals(eml)).toBe(true)
  }, 30_000)
})
