import { describe, expect, it } from 'vitest'
import { ProviderRefusal } from '../../../errors/index.ts'
import type { GraphDeltaPage } from '../../../ports/index.ts'
import { createMailboxWorld, delegate, mailbox } from '../../../testing/create-mailbox-world.ts'
import type { ProviderCall, PulledPage } from '../../provider.ts'

const host = 'https://graph.global.test/v1.0'
const refusal = (httpStatus: number, reason: string) =>
  new ProviderRefusal({ vendor: 'microsoft', operation: 'graph.messages.delta', httpStatus, reason })
const tooOld = refusal(410, 'SyncStateNotFound')

/** Pulls against the answers that Graph gives to links; whatever is asked beyond them fails. */
async function pull(answers: Record<string, GraphDeltaPage | ProviderRefusal>, cursor: string, resume: string | null) {
  const asked: (string | null)[] = []
  const { provider } = createMailboxWorld({
    graph: {
      listDelta: async (_, { link }) => {
        asked.push(link)
        const answer = answers[link ?? 'begin']
        if (answer === undefined || answer instanceof ProviderRefusal) throw answer ?? new Error(`nobody expected ${link}`)
        return answer
      },
    },
  })
  const call = {
    connection: { settings: { mailbox, send: 'graph', receive: 'delta' }, account: delegate, createdAt: 0 },
    accessToken: async () => 'EXAMPLE_graph',
    app: async () => ({ resources: { graph: 'https://graph.global.test' } }),
  } as unknown as ProviderCall
  const pages: PulledPage[] = []
  for await (const page of provider.pull(call, cursor, resume)) pages.push(page)
  return { asked, pages }
}

const page = (next: GraphDeltaPage['next'], ...ids: string[]): GraphDeltaPage => ({
  messages: ids.map((id) => ({ id, messageId: null, conversationId: null, receivedAt: id.startsWith('old') ? 1_999 : 2_000 })),
  next,
})

describe('a run over pages', () => {
  it('goes on with the page that it was at', async () => {
    const { asked, pages } = await pull({ [`${host}/2`]: page({ deltaLink: `${host}/end` }, 'b') }, `delta:${host}/1`, `${host}/2`)
    expect(asked).toEqual([`${host}/2`])
    expect(pages).toMatchObject([{ changes: [{ key: 'message:graph:b' }], next: { cursor: `delta:${host}/end` } }])
  })

  it.each([null, `${host}/2`])(
    'that begins goes over the whole inbox and tells what arrived since, also from page %s on',
    async (resume) => {
      const answers = {
        begin: page({ pageLink: `${host}/2` }, 'old-1', 'a'),
        [`${host}/2`]: page({ pageLink: `${host}/3` }, 'old-2'),
        [`${host}/3`]: page({ deltaLink: `${host}/end` }, 'b', 'old-3'),
      }
      const { pages } = await pull(answers, 'since:2900', resume)
      const told = resume === null ? ['a', 'b'] : ['b']
      expect(pages.flatMap(({ changes }) => changes)).toMatchObject(told.map((id) => ({ key: `message:graph:${id}` })))
      expect(pages.at(-1)?.next).toEqual({ cursor: `delta:${host}/end` })
    },
  )

  it('of a delta tells what it tells, however old: it came into the inbox just now', async () => {
    const { pages } = await pull({ [`${host}/1`]: page({ deltaLink: `${host}/end` }, 'old') }, `delta:${host}/1`, null)
    expect(pages[0]?.changes).toMatchObject([{ key: 'message:graph:old' }])
  })

  it('begins again where only that page has grown old', async () => {
    const answers = {
      [`${host}/2`]: tooOld,
      [`${host}/1`]: page({ pageLink: `${host}/3` }, 'a'),
      [`${host}/3`]: page({ deltaLink: `${host}/end` }, 'b'),
    }
    const { asked, pages } = await pull(answers, `delta:${host}/1`, `${host}/2`)
    expect(asked).toEqual([`${host}/2`, `${host}/1`, `${host}/3`])
    expect(pages.map(({ next }) => next)).toEqual([{ resume: `${host}/3` }, { cursor: `delta:${host}/end` }])
  })

  it.each([
    ['the delta has grown old', { [`${host}/1`]: tooOld }, `delta:${host}/1`],
    ['its link is of another mailbox', { [`${host}/1`]: refusal(0, 'foreign_link') }, `delta:${host}/1`],
    ['its place is of IMAP', {}, 'imap:1:2'],
  ])('is lost when %s', async (_, answers, cursor) => {
    const { provider } = createMailboxWorld()
    const failure: unknown = await pull(answers, cursor, null).catch((error: unknown) => error)
    expect(provider.vendor.classify(failure)).toMatchObject({ class: 'cursor', error: { code: 'cursor_expired' } })
  })

  it('that never ends is ended', async () => {
    const around = { [`${host}/1`]: page({ pageLink: `${host}/2` }), [`${host}/2`]: page({ pageLink: `${host}/2` }) }
    await expect(pull(around, `delta:${host}/1`, null)).rejects.toMatchObject({ code: 'feed_endless' })
  })
})
