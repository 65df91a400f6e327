import { inspect } from 'node:util'
import { ProviderRefusal } from '@tenantry/sdk/errors'
import { describe, expect, it } from 'vitest'
import { microsoftEndpoints } from './index.ts'
import { call, createGraph, json, mailbox, refusalOf, script } from './testing/script.ts'

const rangeBytes = 12 * 320 * 1024
const mebibyte = 1024 * 1024

describe('an attachment', () => {
  const attachment = (size: number) => ({
    filename: 'a.bin',
    contentType: 'image/png',
    content: new Uint8Array(size).map((_, at) => at % 251),
  })
  const uploadUrl = "https://outlook.office.com/api/v2.0/Users('a')/Messages('b')/AttachmentSessions('c')?authtoken=EXAMPLE_token"
  const session = (url: string) => () => json({ uploadUrl: url, nextExpectedRanges: ['0-'] }, { status: 201 })
  const goOn =
    (...nextExpectedRanges: string[]) =>
    () =>
      json({ nextExpectedRanges })
  const done = () => new Response(null, { status: 201 })

  it('goes in one request while it fits', async () => {
    const { fetch, asked } = script(done, done)
    const gateway = createGraph(fetch)
    await gateway.attach(call, { mailbox, id: 'm', attachment: attachment(3) })
    await gateway.attach(call, { mailbox, id: 'm', attachment: { ...attachment(3 * mebibyte - 1024), contentId: 'logo' } })
    expect(await asked[0]?.json()).toEqual({
      '@odata.type': '#microsoft.graph.fileAttachment',
      name: 'a.bin',
      contentType: 'image/png',
      contentBytes: 'AAEC',
      isInline: false,
    })
    const large = (await asked[1]?.text()) ?? ''
    expect(large.length).toBeLessThanOrEqual(4 * mebibyte)
    expect(JSON.parse(large)).toMatchObject({ isInline: true, contentId: 'logo' })
  })

  it('goes in ranges, without the token, to where Graph says', async () => {
    const size = 2 * rangeBytes + 5
    const { fetch, asked } = script(session(uploadUrl), goOn(`${rangeBytes}-`), goOn(`${2 * rangeBytes}-${size - 1}`), done)
    const item = attachment(size)
    await createGraph(fetch).attach(call, { mailbox, id: 'm', attachment: item })
    const [opened, ...ranges] = asked
    expect(await opened?.json()).toEqual({
      AttachmentItem: { attachmentType: 'file', name: 'a.bin', contentType: 'image/png', size, isInline: false },
    })
    expect(ranges.map(({ url }) => url)).toEqual(ranges.map(() => uploadUrl))
    expect(ranges.map(({ headers }) => headers.get('authorization'))).toEqual([null, null, null])
    expect(ranges.map(({ headers }) => headers.get('content-range'))).toEqual([
      `bytes 0-${rangeBytes - 1}/${size}`,
      `bytes ${rangeBytes}-${2 * rangeBytes - 1}/${size}`,
      `bytes ${2 * rangeBytes}-${size - 1}/${size}`,
    ])
    const parts = await Promise.all(ranges.map(async (request) => new Uint8Array(await request.arrayBuffer())))
    expect(Buffer.concat(parts).equals(item.content)).toBe(true)
    expect(rangeBytes % (320 * 1024)).toBe(0)
  })

  it('goes on from what came in, when a range came in by half', async () => {
    const size = rangeBytes + 5
    const { fetch, asked } = script(session(uploadUrl), goOn('100-'), done)
    await createGraph(fetch).attach(call, { mailbox, id: 'm', attachment: attachment(size) })
    expect(asked.at(-1)?.headers.get('content-range')).toBe(`bytes 100-${size - 1}/${size}`)
  })

  it('is given up on when the session wants more than there is', async () => {
    const size = rangeBytes + 5
    const { fetch } = script(session(uploadUrl), goOn(`${rangeBytes}-`), goOn(`${size}-`))
    const refused = await refusalOf(createGraph(fetch).attach(call, { mailbox, id: 'm', attachment: attachment(size) }))
    expect(refused).toMatchObject({ reason: 'unexpected_answer' })
  })

  it.each([
    ['backwards', goOn('0-')],
    ['ahead', goOn(`${rangeBytes + 1}-`)],
    ['nowhere', goOn('soon')],
    ['to an early end', done],
  ])('is given up on when the session leads %s', async (_, answer) => {
    const { fetch, asked } = script(session(uploadUrl), answer)
    const refused = await refusalOf(createGraph(fetch).attach(call, { mailbox, id: 'm', attachment: attachment(2 * rangeBytes) }))
    expect(refused).toMatchObject({ operation: 'graph.uploadSessions.put', reason: 'unexpected_answer' })
    expect(asked).toHaveLength(2)
    expect(inspect(refused, { showHidden: true })).not.toContain('EXAMPLE_')
  })

  it.each([
    'https://evil.test/x?authtoken=EXAMPLE_token',
    'http://outlook.office.com/x?authtoken=EXAMPLE_token',
    'https://outlook.office.com:8443/x',
    'https://user@outlook.office.com/x',
    'https://outlook.office.com.evil.test/x',
    'https://outlook.office365.us/x',
    'https://127.0.0.1/x',
    'file:///etc/passwd',
    '/x',
  ])('is not sent to %s', async (url) => {
    const { fetch, asked } = script(session(url))
    const refused = await refusalOf(createGraph(fetch).attach(call, { mailbox, id: 'm', attachment: attachment(3 * mebibyte) }))
    // What is no address at all is no answer.
    expect(refused).toMatchObject({ httpStatus: 201, reason: URL.canParse(url) ? 'foreign_link' : 'unexpected_answer' })
    expect(asked).toHaveLength(1)
  })

  it('is sent to a sandbox’s own origin only, once Graph is in a sandbox', async () => {
    const endpoints = { global: { ...microsoftEndpoints.global, graph: 'http://localhost:4010/graph.microsoft.com' } }
    const send = async (url: string) => {
      const { fetch, asked } = script(session(url), done)
      await createGraph(fetch, { endpoints })
        .attach(call, { mailbox, id: 'm', attachment: attachment(3 * mebibyte) })
        .catch((error: unknown) => expect(error).toBeInstanceOf(ProviderRefusal))
      return asked.length
    }
    expect(await send('http://localhost:4010/outlook.office.com/x')).toBe(2)
    expect(await send(uploadUrl)).toBe(1)
  })
})
