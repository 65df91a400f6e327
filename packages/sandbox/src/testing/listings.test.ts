import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALENDAR, callApi, GMAIL, json, NOON, startTenant, SUPPORT } from './start-tenant.ts'

const change = fc.record({ kind: fc.constantFrom('add', 'change', 'remove'), pick: fc.nat() })

describe('history paging', () => {
  it('never loses or repeats a record, whatever the page size and whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 40 }),
        fc.array(change, { maxLength: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (before, meanwhile, size) => {
          const { sandbox, google, connect } = startTenant()
          const { access_token } = await connect([GMAIL])
          const start = sandbox.snapshot().accounts[0]?.mailbox.historyId ?? ''
          const ids: string[] = []
          const apply = ({ kind, pick }: { kind: string; pick: number }) => {
            const id = ids[pick % Math.max(ids.length, 1)]
            if (kind === 'add' || id === undefined) ids.push(google.deliverMail(SUPPORT, { from: 'a@x.test', subject: 's', text: 't' }).id)
            else if (kind === 'change')
              google.changeLabels(SUPPORT, id, pick % 2 ? { add: ['STARRED'] } : { remove: ['STARRED', 'UNREAD'] })
            else google.deleteMessage(SUPPORT, ids.splice(pick % ids.length, 1)[0] ?? '')
          }
          for (const step of before) apply(step)
          const seen: string[] = []
          let pageToken: string | undefined
          const rest = [...meanwhile]
          do {
            const query = new URLSearchParams({ startHistoryId: start, maxResults: String(size), ...(pageToken ? { pageToken } : {}) })
            const page = await json<{ history?: { id: string }[]; nextPageToken?: string }>(
              await callApi(sandbox, access_token, 'GET', `${sandbox.endpoints.gmail}/gmail/v1/users/me/history?${query}`),
            )
            seen.push(...(page.history ?? []).map(({ id }) => id))
            pageToken = page.nextPageToken
            const step = pageToken ? rest.shift() : undefined
            if (step) apply(step)
          } while (pageToken)
          expect(seen).toEqual(sandbox.snapshot().accounts[0]?.mailbox.history.map(({ id }) => id))
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('calendar sync', () => {
  it('rebuilds the calendar from a full listing and sync tokens, whatever the page sizes and whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(change, { maxLength: 12 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const { sandbox, google, connect } = startTenant()
          const { access_token } = await connect([CALENDAR])
          const alive: string[] = []
          const apply = ({ kind, pick }: { kind: string; pick: number }) => {
            const at = pick % Math.max(alive.length, 1)
            const id = alive[at]
            if (kind === 'add' || id === undefined)
              alive.push(google.createEvent(SUPPORT, 'primary', { summary: `e${pick}`, start: NOON, end: NOON + 1000 }).id)
            else if (kind === 'change') google.updateEvent(SUPPORT, 'primary', id, { summary: `changed ${pick}` })
            else google.cancelEvent(SUPPORT, 'primary', alive.splice(at, 1)[0] ?? '')
          }
          const copy = new Map<string, string>()
          let syncToken: string | undefined
          const pull = async (size: number, meanwhile: { kind: string; pick: number }[]) => {
            let pageToken: string | undefined
            do {
              const query = new URLSearchParams({
                maxResults: String(size),
                ...(syncToken ? { syncToken } : {}),
                ...(pageToken ? { pageToken } : {}),
              })
              const page = await json<{
                items: { id: string; status: string; summary?: string }[]
                nextPageToken?: string
                nextSyncToken?: string
              }>(await callApi(sandbox, access_token, 'GET', `${sandbox.endpoints.calendar}/calendars/primary/events?${query}`))
              for (const { id, status, summary = '' } of page.items) {
                if (status === 'cancelled') copy.delete(id)
                else copy.set(id, summary)
              }
              expect('nextPageToken' in page).toBe(!('nextSyncToken' in page))
              pageToken = page.nextPageToken
              if (!pageToken) syncToken = page.nextSyncToken
              const step = meanwhile.shift()
              if (step) apply(step)
            } while (pageToken)
          }
          for (const [steps, size] of rounds) {
            const half = Math.floor(steps.length / 2)
            steps.slice(0, half).forEach(apply)
            await pull(size, steps.slice(half))
          }
          await pull(2, [])
          const real = sandbox.snapshot().accounts[0]?.calendars[0]?.events.filter(({ resource }) => resource.status !== 'cancelled') ?? []
          expect([...copy].toSorted()).toEqual(real.map(({ resource }) => [resource.id, resource.summary]).toSorted())
        },
      ),
      { numRuns: 40 },
    )
  })
})
