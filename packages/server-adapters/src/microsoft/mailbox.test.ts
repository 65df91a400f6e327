import { maxGraphMessageBytes } from '@tenantry/sdk/ports'
import { describe, expect, it } from 'vitest'
import { call, createGraph, json, mailbox, refusalOf, refuse, script } from './testing/script.ts'

describe('who signed in', () => {
  it.each([
    [{ id: 'u', mail: 'Dana@acme.test', userPrincipalName: 'dana@corp.test' }, 'Dana@acme.test'],
    [{ id: 'u', mail: null, userPrincipalName: 'dana@corp.test' }, 'dana@corp.test'],
    [{ id: 'u', mail: '', userPrincipalName: 'dana@corp.test' }, 'dana@corp.test'],
  ])('%j is %s', async (user, address) => {
    expect(await createGraph(async () => json(user)).getMe(call)).toEqual({ id: 'u', address })
  })

  it('is nobody without an address', async () => {
    expect(await refusalOf(createGraph(async () => json({ id: 'u', mail: null })).getMe(call))).toMatchObject({
      reason: 'unexpected_answer',
    })
  })
})

describe('a message', () => {
  const answer = (body: BodyInit | null, type: string) => async () => new Response(body, { headers: { 'content-type': type } })

  it('comes as it is, byte for byte, up to the limit', async () => {
    const bytes = new Uint8Array(300_000).map((_, at) => (at * 31) % 256)
    for (const type of ['text/plain', 'message/rfc822; charset=x', 'application/octet-stream'])
      expect(await createGraph(answer(bytes, type)).getMime(call, { mailbox, id: 'm' })).toEqual(bytes)
    const largest = createGraph(answer(new Uint8Array(maxGraphMessageBytes), 'text/plain'))
    expect((await largest.getMime(call, { mailbox, id: 'm' }))?.length).toBe(maxGraphMessageBytes)
    const over = createGraph(answer(new Uint8Array(maxGraphMessageBytes + 1), 'text/plain'))
    expect(await refusalOf(over.getMime(call, { mailbox, id: 'm' }))).toMatchObject({ httpStatus: 200, reason: 'answer_too_large' })
  })

  it.each([
    ['text/html', '<html>sign in</html>'],
    ['application/json', '{"id":"m"}'],
    ['', 'Subject: a'],
    ['text/plain', ''],
  ])('is not a %j with %j', async (type, body) => {
    expect(await refusalOf(createGraph(answer(body, type)).getMime(call, { mailbox, id: 'm' }))).toMatchObject({
      reason: 'unexpected_answer',
    })
  })

  it('is gone when Graph says so of the message, and of nothing else', async () => {
    expect(await createGraph(refuse(404, 'ErrorItemNotFound')).getMime(call, { mailbox, id: 'm' })).toBeNull()
    const others = [refuse(404, 'MailboxNotEnabledForRESTAPI'), refuse(404, 'ErrorInvalidUser'), refuse(403, 'ErrorItemNotFound')]
    const page = async () => new Response('<html>', { status: 404, headers: { 'content-type': 'text/html' } })
    for (const other of [...others, page]) {
      await refusalOf(createGraph(other).getMime(call, { mailbox, id: 'm' }))
      await refusalOf(createGraph(other).deleteDraft(call, { mailbox, id: 'm' }))
    }
    await createGraph(refuse(404, 'ErrorItemNotFound')).deleteDraft(call, { mailbox, id: 'm' })
    await createGraph(refuse(404, 'ResourceNotFound')).deleteSubscription(call, 's')
  })

  it('is looked for among the sent ones by its Message-ID, which cannot break out of the question', async () => {
    const { fetch, asked } = script(
      () => json({ value: [{ id: 'm' }] }),
      () => json({ value: [] }),
    )
    const gateway = createGraph(fetch)
    expect(await gateway.isSent(call, { mailbox, messageId: "<a' or 1 eq 1@b>" })).toBe(true)
    expect(await gateway.isSent(call, { mailbox, messageId: '<a&$top=9@b>' })).toBe(false)
    const filters = asked.map(({ url }) => new URL(url).searchParams.getAll('$filter'))
    expect(filters).toEqual([["internetMessageId eq '<a'' or 1 eq 1@b>'"], ["internetMessageId eq '<a&$top=9@b>'"]])
  })
})
