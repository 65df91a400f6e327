import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventResource } from '../state/account-state.ts'
import { HOUR, startCalendar } from '../testing/start-calendar.ts'
import { NOON, SUPPORT } from '../testing/start-tenant.ts'

const RULES = ['FREQ=DAILY;COUNT=9', 'FREQ=DAILY;INTERVAL=2;COUNT=5', 'FREQ=WEEKLY;BYDAY=MO,TU,SA;COUNT=6', 'FREQ=MONTHLY;COUNT=3']
const step = fc.record({
  kind: fc.constantFrom('event', 'series', 'change', 'move', 'cancel', 'restore', 'repeat', 'instance', 'instance', 'instance'),
  pick: fc.nat({ max: 10_000 }),
})
type Step = { kind: string; pick: number }

/** Does something to a calendar that holds whatever came before. */
function apply({ google }: Awaited<ReturnType<typeof startCalendar>>, ids: string[], { kind, pick }: Step): void {
  const draft = { summary: `e${pick}`, start: NOON, end: NOON + HOUR }
  const rule = [`RRULE:${RULES[pick % RULES.length]}`]
  const id = ids[pick % Math.max(ids.length, 1)]
  if (kind === 'event' || id === undefined) ids.push(google.createEvent(SUPPORT, 'primary', draft).id)
  else if (kind === 'series') ids.push(google.createEvent(SUPPORT, 'primary', { ...draft, recurrence: rule }).id)
  else if (kind === 'change') google.updateEvent(SUPPORT, 'primary', id, { summary: `changed ${pick}` })
  else if (kind === 'move') google.moveEvent(SUPPORT, 'primary', id, (pick % 5) * 12 * HOUR)
  else if (kind === 'cancel') google.cancelEvent(SUPPORT, 'primary', id)
  else if (kind === 'restore') google.updateEvent(SUPPORT, 'primary', id, { status: 'confirmed' } as object)
  else if (kind === 'repeat') google.updateEvent(SUPPORT, 'primary', id, { recurrence: rule })
  else {
    const instances = google.listInstances(SUPPORT, 'primary', id)
    const instance = instances[pick % Math.max(instances.length, 1)]
    if (instance !== undefined && instance !== id)
      apply({ google } as never, [instance], { kind: ['change', 'move', 'cancel'][pick % 3] ?? '', pick })
  }
}

/** An exception may be told before its series, which changed meanwhile and comes with the next listing. */
function remember(copy: Map<string, EventResource>, event: EventResource): void {
  if (event.status !== 'cancelled' || event.recurringEventId !== undefined) copy.set(event.id, event)
  else copy.delete(event.id)
}

/** What a client shows: exceptions live and die with their series. */
function shown(copy: Map<string, EventResource>): EventResource[] {
  return [...copy.values()].filter(({ recurringEventId }) => recurringEventId === undefined || copy.has(recurringEventId))
}

describe('a calendar with series', () => {
  it('is what its listings tell, whatever the page sizes and whatever happens meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(step, { maxLength: 16 }), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 4 }),
        async (rounds) => {
          const calendar = await startCalendar()
          const copy = new Map<string, EventResource>()
          const ids: string[] = []
          let syncToken: string | undefined
          const pull = async (size: number, meanwhile: Step[]) => {
            let pageToken: string | undefined
            do {
              const page = await calendar.listed({
                maxResults: String(size),
                ...(syncToken ? { syncToken } : {}),
                ...(pageToken ? { pageToken } : {}),
              })
              for (const event of page.items) remember(copy, event)
              pageToken = page.nextPageToken
              if (!pageToken) syncToken = page.nextSyncToken
              const next = meanwhile.shift()
              if (next) apply(calendar, ids, next)
            } while (pageToken)
          }
          for (const [steps, size] of rounds) {
            const half = Math.floor(steps.length / 2)
            for (const before of steps.slice(0, half)) apply(calendar, ids, before)
            await pull(size, steps.slice(half))
          }
          await pull(2, [])
          const byId = (a: EventResource, b: EventResource) => a.id.localeCompare(b.id)
          expect(shown(copy).toSorted(byId)).toEqual(calendar.google.listEvents(SUPPORT, 'primary').toSorted(byId))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is the same one by one and page by page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 7 }), async (steps, size) => {
        const calendar = await startCalendar()
        const ids: string[] = []
        for (const each of steps) apply(calendar, ids, each)
        for (const query of [{}, { orderBy: 'startTime' }, { showDeleted: 'true' }] as Record<string, string>[]) {
          const whole = await calendar.listed({ ...query, singleEvents: 'true', maxResults: '2500' })
          const pages: EventResource[] = []
          let pageToken: string | undefined
          do {
            const page = await calendar.listed({
              ...query,
              singleEvents: 'true',
              maxResults: String(size),
              ...(pageToken ? { pageToken } : {}),
            })
            pages.push(...page.items)
            pageToken = page.nextPageToken
          } while (pageToken)
          expect(pages).toEqual(whole.items)
          expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length)
        }
      }),
      { numRuns: 12 },
    )
  })
})
