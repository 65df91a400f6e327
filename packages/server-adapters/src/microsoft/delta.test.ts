import { inspect } from 'node:util'
import type { Fetch } from '@tenantry/sdk/ports'
import { describe, expect, it, vi } from 'vitest'
import { call, clock, createGraph, graph, json, mailbox, refusalOf, script } from './testing/script.ts'

describe('the delta', () => {
  const path = "/users/o'brien@acme.test/mailFolders('inbox')/messages/delta"
  const deltaLink = `${graph}${path}?$deltatoken=EXAMPLE_token`

  it('begins with the whole inbox, because a limit in time is one in number too, and skips what left the folder', async () => {
    const value = [
      { id: 'a', internetMessageId: '<a@acme.test>', conversationId: 'c', receivedDateTime: '2026-01-01T00:00:00.1234567Z' },
      { id: 'b', '@removed': { reason: 'deleted' } },
      { id: 'c', internetMessageId: null, receivedDateTime: '2026-01-01T01:00:00+01:00' },
    ]
    const { fetch, asked } = script(() => json({ value, '@odata.deltaLink': deltaLink }))
    const page = await createGraph(fetch).listDelta(call, { mailbox, link: null })
    const at = clock.now()
    expect(page).toEqual({
      messages: [
        { id: 'a', messageId: '<a@acme.test>', conversationId: 'c', receivedAt: at + 123 },
        { id: 'c', messageId: null, conversationId: null, receivedAt: at },
      ],
      next: { deltaLink },
    })
    const url = new URL(asked[0]?.url ?? '')
    expect(decodeURIComponent(url.pathname)).toBe("/v1.0/users/o'brien@acme.test/mailFolders/inbox/messages/delta")
    expect(url.searchParams.get('$filter')).toBeNull()
    expect(url.searchParams.get('changeType')).toBe('created')
  })

  it('goes on where a link says, as it says', async () => {
    const pageLink = `${graph}${path}?$skiptoken=EXAMPLE_page`
    const { fetch, asked } = script(
      () => json({ value: [], '@odata.nextLink': pageLink }),
      () => json({ value: [], '@odata.deltaLink': deltaLink }),
    )
    const gateway = createGraph(fetch)
    const first = await gateway.listDelta(call, { mailbox, link: deltaLink })
    expect(first.next).toEqual({ pageLink })
    expect((await gateway.listDelta(call, { mailbox, link: pageLink })).next).toEqual({ deltaLink })
    expect(asked.map(({ url }) => url)).toEqual([deltaLink, pageLink])
  })

  it('does not send its token after a foreign link, and does not repeat the link', async () => {
    const fetch = vi.fn<Fetch>()
    const link = 'https://evil.test/v1.0/me/mailFolders/inbox/messages/delta?$deltatoken=EXAMPLE_token'
    const refused = await refusalOf(createGraph(fetch).listDelta(call, { mailbox, link }))
    expect(refused).toMatchObject({ httpStatus: 0, reason: 'foreign_link' })
    expect(inspect(refused, { showHidden: true })).not.toMatch(/evil|EXAMPLE_/)
    expect(fetch).not.toHaveBeenCalled()
  })

  it.each([
    ['page', { value: [], '@odata.nextLink': `${graph}/users/finance@acme.test/mailFolders/inbox/messages/delta?$skiptoken=a` }],
    ['end', { value: [], '@odata.deltaLink': deltaLink.replace('graph.microsoft.com', 'evil.test') }],
  ])('hands out no foreign %s', async (_, answer) => {
    const refused = await refusalOf(createGraph(async () => json(answer)).listDelta(call, { mailbox, link: null }))
    expect(refused).toMatchObject({ httpStatus: 200, reason: 'foreign_link' })
    expect(inspect(refused, { showHidden: true })).not.toMatch(/evil|finance/)
  })

  const removed = { id: 'b', '@removed': { reason: 'deleted' } }
  it.each([
    ['no link', { value: [] }],
    ['both links', { value: [], '@odata.nextLink': deltaLink, '@odata.deltaLink': deltaLink }],
    ['an endless link', { value: [], '@odata.deltaLink': deltaLink + 'a'.repeat(20_000) }],
    ['no list', { '@odata.deltaLink': deltaLink }],
    ['a message without a time', { value: [{ id: 'a' }], '@odata.deltaLink': deltaLink }],
    ['a message without an id', { value: [{ receivedDateTime: '2026-01-01T00:00:00Z' }], '@odata.deltaLink': deltaLink }],
    ['a time that is none', { value: [{ id: 'a', receivedDateTime: '2026-13-01T00:00:00Z' }], '@odata.deltaLink': deltaLink }],
    ['a time of another form', { value: [{ id: 'a', receivedDateTime: 'yesterday' }], '@odata.deltaLink': deltaLink }],
    ['a removal that says nothing', { value: [{ ...removed, '@removed': 'yes' }], '@odata.deltaLink': deltaLink }],
  ])('is not believed with %s', async (_, answer) => {
    const refused = await refusalOf(createGraph(async () => json(answer)).listDelta(call, { mailbox, link: null }))
    expect(refused).toMatchObject({ httpStatus: 200, reason: 'unexpected_answer' })
  })
})
