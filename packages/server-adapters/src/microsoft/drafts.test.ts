import { describe, expect, it } from 'vitest'
import { call, createGraph, graph, json, mailbox, refusalOf, script } from './testing/script.ts'

describe('sending', () => {
  const raw = new TextEncoder().encode('Subject: ü\r\n\r\nHello')

  it('posts base64 as text, and takes 202 for an answer, whatever comes with it', async () => {
    const page = new Response('<html>', { status: 202, headers: { 'content-type': 'text/html' } })
    const { fetch, asked } = script(
      () => new Response(null, { status: 202 }),
      () => page,
    )
    await createGraph(fetch).sendMime(call, { mailbox, raw })
    await createGraph(fetch).sendDraft(call, { mailbox: { own: true }, id: 'AA=' })
    expect(asked.map(({ url }) => url)).toEqual([`${graph}/users/o'brien%40acme.test/sendMail`, `${graph}/me/messages/AA%3D/send`])
    expect(asked[0]?.headers.get('content-type')).toBe('text/plain')
    expect(Buffer.from((await asked[0]?.text()) ?? '', 'base64').equals(raw)).toBe(true)
  })

  it.each([
    [200, 'accepted_not_sent'],
    [201, 'unexpected_answer'],
    [204, 'unexpected_answer'],
  ])('that is answered with %i is refused: %s', async (status, reason) => {
    const gateway = createGraph(async () => new Response(null, { status }))
    for (const sent of [gateway.sendMime(call, { mailbox, raw }), gateway.sendDraft(call, { mailbox, id: 'm' })])
      expect(await refusalOf(sent)).toMatchObject({ httpStatus: status, reason })
  })

  it('makes a draft, whose id is known', async () => {
    const gateway = (status: number) => createGraph(async () => json({ id: 'AAkA=', body: {} }, { status }))
    expect(await gateway(201).createDraft(call, { mailbox, raw })).toEqual({ id: 'AAkA=' })
    expect(await refusalOf(gateway(200).createDraft(call, { mailbox, raw }))).toMatchObject({
      httpStatus: 200,
      reason: 'unexpected_answer',
    })
  })
})
