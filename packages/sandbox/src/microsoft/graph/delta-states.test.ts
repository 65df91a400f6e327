import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json } from '../../testing/start-tenant.ts'
import { callGraph, SALES, startDirectory } from '../testing/start-directory.ts'

interface Page {
  value: { id: string; '@removed'?: object }[]
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('deliver' as const) }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'archive' as const, 'restore' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('page' as const), size: fc.integer({ min: 1, max: 4 }) }),
)

/** Somebody who follows the delta of the shared mailbox, and what they believe is in its inbox. */
async function startFollower() {
  const { sandbox, microsoft, connect } = startDirectory()
  const { access_token: token } = await connect()
  const known = new Set<string>()
  let link = `users/${SALES}/mailFolders/inbox/messages/delta`
  /** One page; true when it is not the last. */
  const follow = async (size: number): Promise<boolean> => {
    const prefer = `IdType="ImmutableId", odata.maxpagesize=${size}`
    const page = await json<Page>(await callGraph(sandbox, token, 'GET', link, undefined, { prefer }))
    expect(page.value.length).toBeLessThanOrEqual(size)
    for (const { id, '@removed': removed } of page.value) {
      if (removed) known.delete(id)
      else known.add(id)
    }
    link = page['@odata.nextLink'] ?? page['@odata.deltaLink'] ?? ''
    return page['@odata.nextLink'] !== undefined
  }
  const finish = async () => {
    while (await follow(3));
  }
  return { microsoft, known, follow, finish }
}

describe('delta', () => {
  it('leads who follows it to what lies in the folder, whatever happens between two pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { microsoft, known, follow, finish } = await startFollower()
        const all: string[] = []
        for (const move of steps) {
          const id = 'at' in move ? all[move.at % Math.max(all.length, 1)] : undefined
          if (move.kind === 'deliver') all.push(microsoft.deliverMail(SALES, { from: 'a@x.test', subject: 's', text: 't' }).id)
          else if (move.kind === 'page') await follow(move.size)
          else if (id !== undefined && move.kind === 'delete') {
            microsoft.deleteMessage(SALES, id)
            all.splice(all.indexOf(id), 1)
          } else if (id !== undefined) microsoft.moveMessage(SALES, id, move.kind === 'archive' ? 'archive' : 'inbox')
        }
        // One round may have begun before the last change; the next has not.
        await finish()
        await finish()
        expect([...known].toSorted()).toEqual(
          microsoft
            .inbox(SALES)
            .map(({ id }) => id)
            .toSorted(),
        )
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
