import { inspect } from 'node:util'
import type { Fetch, Logger } from '@tenantry/sdk/ports'
import { describe, expect, it, vi } from 'vitest'
import { call, createGraph, graph, json, mailbox, refusalOf, refuse, script } from './testing/script.ts'

describe('a call', () => {
  it('follows no redirect, sends no cookies and is asked once', async () => {
    const fetch = vi.fn<Fetch>(refuse(503, 'ServiceUnavailable'))
    await refusalOf(createGraph(fetch).getInbox(call, mailbox))
    expect(fetch).toHaveBeenCalledTimes(1)
    expect(fetch.mock.calls[0]?.[0]).toMatchObject({ redirect: 'error', credentials: 'omit' })
  })

  it('asks for immutable ids wherever a message is named or listed', async () => {
    const fetch = vi.fn<Fetch>(refuse(400, 'BadRequest'))
    const gateway = createGraph(fetch)
    const raw = new Uint8Array(1)
    const small = { filename: 'a', contentType: 'text/plain', content: raw }
    const link = `${graph}/users/o'brien@acme.test/mailFolders/inbox/messages/delta?$deltatoken=a`
    const subscription = { mailbox, notificationUrl: 'https://a', lifecycleUrl: 'https://b', clientState: 'c', expiresAt: 0 }
    const calls = [
      gateway.listDelta(call, { mailbox, link: null }),
      gateway.listDelta(call, { mailbox, link }),
      gateway.getMime(call, { mailbox, id: 'm' }),
      gateway.createDraft(call, { mailbox, raw }),
      gateway.attach(call, { mailbox, id: 'm', attachment: small }),
      gateway.sendDraft(call, { mailbox, id: 'm' }),
      gateway.deleteDraft(call, { mailbox, id: 'm' }),
      gateway.isSent(call, { mailbox, messageId: '<a@b>' }),
      gateway.createSubscription(call, subscription),
    ]
    for (const refused of calls) await refusalOf(refused)
    expect(fetch.mock.calls.map(([request]) => /IdType="ImmutableId"/.test(request.headers.get('prefer') ?? ''))).toEqual(
      calls.map(() => true),
    )
  })

  it('carries Graph’s word, tells no word of its text, and names the request for support', async () => {
    const lines: unknown[] = []
    const logger: Logger = { log: (...line) => lines.push(line) }
    const error = { code: 'ErrorAccessDenied', message: 'EXAMPLE_text', innerError: { code: 'InnerWord' } }
    const headers = { 'request-id': '0f9a1d2e-1111-2222-3333-444455556666', 'retry-after': '7' }
    const refused = await refusalOf(createGraph(async () => json({ error }, { status: 403, headers }), { logger }).getInbox(call, mailbox))
    const facts = { operation: 'graph.folders.get', httpStatus: 403, reason: 'ErrorAccessDenied' }
    const named = { ...facts, requestId: headers['request-id'] }
    expect(refused).toMatchObject({ vendor: 'microsoft', retryAfterMs: 7000, ...named })
    expect([refused.mentions('InnerWord'), refused.mentions('EXAMPLE_text')]).toEqual([true, true])
    expect(lines).toEqual([['debug', 'microsoft.refused', named]])
    expect(inspect(refused, { depth: 9, showHidden: true })).not.toContain('EXAMPLE_')
  })

  it.each(['EXAMPLE_id of a sentence', '<b>EXAMPLE_id</b>', 'EXAMPLE_id@acme.test', `EXAMPLE_${'x'.repeat(57)}`, ''])(
    'drops a request id that is none: %j',
    async (id) => {
      const lines: unknown[] = []
      const logger: Logger = { log: (...line) => lines.push(line) }
      const answer = async () => json({ error: { code: 'ErrorAccessDenied' } }, { status: 403, headers: { 'request-id': id } })
      const refused = await refusalOf(createGraph(answer, { logger }).getInbox(call, mailbox))
      expect(refused.requestId).toBeUndefined()
      expect(inspect([refused, lines], { depth: 9, showHidden: true })).not.toContain('EXAMPLE_')
    },
  )

  it.each([
    [{ error: { code: 'a sentence with EXAMPLE_secret', message: 5 } }, undefined],
    [{ error: { code: 5, innerError: 'x' } }, undefined],
    [{ error: null }, undefined],
    ['ErrorAccessDenied', undefined],
    [[], undefined],
    [{ error: { code: 'Request_ResourceNotFound' } }, 'Request_ResourceNotFound'],
  ])('refused with %j has the reason %j', async (body, reason) => {
    expect((await refusalOf(createGraph(async () => json(body, { status: 403 })).getInbox(call, mailbox))).reason).toBe(reason)
  })

  it('shows the token in its header only', async () => {
    const { fetch, asked } = script(() => json({ id: 'f' }))
    await createGraph(fetch).getInbox(call, mailbox)
    expect(asked[0]?.headers.get('authorization')).toBe(`Bearer ${call.accessToken}`)
    const broken = { ...call, accessToken: 'EXAMPLE_access\r\nX-Evil: 1' }
    const error = await createGraph(fetch)
      .getInbox(broken, mailbox)
      .catch((reason: unknown) => reason)
    expect(inspect(error, { showHidden: true })).not.toContain('EXAMPLE_access')
    expect(asked).toHaveLength(1)
  })

  it.each(['..', '.', ''])('does not climb out of its path by %j', async (id) => {
    const fetch = vi.fn<Fetch>()
    const gateway = createGraph(fetch)
    await expect(gateway.getMime(call, { mailbox, id })).rejects.toThrow(TypeError)
    await expect(gateway.deleteDraft(call, { mailbox: { own: false, address: id }, id: 'm' })).rejects.toThrow(TypeError)
    await expect(gateway.deleteSubscription(call, id)).rejects.toThrow(TypeError)
    expect(fetch).not.toHaveBeenCalled()
  })
})
