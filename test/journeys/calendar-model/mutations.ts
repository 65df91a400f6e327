import fc from 'fast-check'
import { DateTime } from 'luxon'
import type { Sandbox } from '@tenantry/sandbox'

const hour = 3_600_000
const day = 24 * hour

/** Something that happens in a calendar, or to what is told of it. Numbers choose among what is there. */
export type Mutation =
  | { readonly kind: 'create'; readonly inHours: number; readonly lasts: number; readonly title: string }
  | { readonly kind: 'createAllDay'; readonly inDays: number; readonly lasts: number }
  | { readonly kind: 'createSeries'; readonly inHours: number; readonly rule: string; readonly allDay: boolean }
  | {
      readonly kind: 'rename' | 'cancel' | 'moveInstance' | 'renameInstance' | 'cancelInstance'
      readonly which: number
      readonly at: number
    }
  | { readonly kind: 'hostCreate'; readonly inHours: number }
  | { readonly kind: 'hostRename'; readonly which: number; readonly at: number }
  | { readonly kind: 'move'; readonly which: number; readonly byHours: number }
  | { readonly kind: 'drop' | 'duplicate' | 'reorder'; readonly times: number }
  | { readonly kind: 'expireTokens' | 'refuse' | 'stumble' | 'settle' }
  | { readonly kind: 'shortenChannels'; readonly minutes: number | null }
  | { readonly kind: 'wait'; readonly minutes: number }

const which = fc.nat({ max: 1000 })
const at = fc.nat({ max: 9 })
const rule = fc.constantFrom(
  'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
  'RRULE:FREQ=DAILY;COUNT=12',
  'RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20351231T000000Z',
  'RRULE:FREQ=MONTHLY;BYMONTHDAY=28',
)

/** Mostly what people do, with trouble in between. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      inHours: fc.integer({ min: -48, max: 3000 }),
      lasts: fc.integer({ min: 1, max: 30 }),
      title: fc.string({ minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('createAllDay' as const),
      inDays: fc.integer({ min: 0, max: 150 }),
      lasts: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('createSeries' as const),
      inHours: fc.integer({ min: 0, max: 500 }),
      rule,
      allDay: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('rename' as const, 'cancel' as const), which, at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hostCreate' as const), inHours: fc.integer({ min: 0, max: 1000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hostRename' as const), which, at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), which, byHours: fc.integer({ min: -48, max: 200 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('moveInstance' as const, 'renameInstance' as const, 'cancelInstance' as const),
      which,
      at,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('drop' as const, 'duplicate' as const, 'reorder' as const),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('expireTokens' as const, 'refuse' as const, 'stumble' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('shortenChannels' as const), minutes: fc.option(fc.integer({ min: 10, max: 600 })) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3 * 24 * 60 }) }) },
  { weight: 6, arbitrary: fc.constant({ kind: 'settle' as const }) },
)

export interface Stage {
  readonly sandbox: Sandbox
  readonly address: string
  readonly calendarId: string
  /** The host's next handler calls fail. */
  stumble(): void
  settle(): Promise<void>
  /** What the host itself writes. */
  readonly host: {
    create(from: number, to: number): Promise<void>
    rename(eventId: string, title: string): Promise<void>
  }
}

/** Carries a mutation out; one that finds nothing to act on does nothing. */
export async function play(stage: Stage, change: Mutation): Promise<void> {
  const { sandbox, address, calendarId } = stage
  const { google, clock, faults } = sandbox
  const now = clock.now()
  const dayOf = (time: number) => DateTime.fromMillis(time, { zone: 'utc' }).toISODate() ?? ''
  switch (change.kind) {
    case 'create': {
      const start = now + change.inHours * hour
      return void google.createEvent(address, calendarId, { summary: change.title, start, end: start + change.lasts * hour })
    }
    case 'createAllDay': {
      const start = now + change.inDays * day
      const [from, to] = [dayOf(start), dayOf(start + change.lasts * day)]
      return void google.createEvent(address, calendarId, { summary: 'Day off', start: { date: from }, end: { date: to } })
    }
    case 'createSeries': {
      const start = now + change.inHours * hour
      const [from, to] = change.allDay
        ? [{ date: dayOf(start) }, { date: dayOf(start + day) }]
        : [start, start + hour].map((time) => ({ dateTime: new Date(time).toISOString(), timeZone: 'Europe/Berlin' }))
      const recurrence = [change.allDay ? change.rule.replace('T000000Z', '') : change.rule]
      if (from === undefined || to === undefined) return
      return void google.createEvent(address, calendarId, { summary: 'Rotation', start: from, end: to, recurrence })
    }
    case 'hostCreate': {
      const start = now + change.inHours * hour
      return stage.host.create(start, start + hour)
    }
    case 'hostRename':
      return withOne(stage, change.which, false, (id) => stage.host.rename(id, `By the host ${change.at}`))
    case 'rename':
      return withOne(stage, change.which, false, (id) => google.updateEvent(address, calendarId, id, { summary: `Renamed ${change.at}` }))
    case 'cancel':
      return withOne(stage, change.which, false, (id) => google.cancelEvent(address, calendarId, id))
    case 'move':
      return withOne(stage, change.which, false, (id) => google.moveEvent(address, calendarId, id, change.byHours * hour))
    case 'moveInstance':
      return withInstance(stage, change, (id) => google.moveEvent(address, calendarId, id, (change.at + 1) * day))
    case 'renameInstance':
      return withInstance(stage, change, (id) => google.updateEvent(address, calendarId, id, { summary: `Swapped ${change.at}` }))
    case 'cancelInstance':
      return withInstance(stage, change, (id) => google.cancelEvent(address, calendarId, id))
    case 'drop':
    case 'duplicate':
    case 'reorder':
      return void faults.add({ delivery: 'calendar', kind: change.kind, times: change.times })
    case 'expireTokens':
      return google.expireSyncTokens(address)
    case 'refuse':
      return void faults.add({ operation: 'calendar.events.list', kind: 'status', status: 503, times: 1 })
    case 'stumble':
      return stage.stumble()
    case 'shortenChannels':
      return google.limitChannelLife(change.minutes === null ? null : change.minutes * 60_000)
    case 'wait':
      await clock.advance(change.minutes * 60_000)
      return stage.settle()
    case 'settle':
      return stage.settle()
  }
}

async function withOne(stage: Stage, which: number, series: boolean, act: (id: string) => unknown): Promise<void> {
  const events = stage.sandbox.google.listEvents(stage.address, stage.calendarId)
  const fitting = events.filter(
    (event) => event.status !== 'cancelled' && event['recurringEventId'] === undefined && (!series || event['recurrence'] !== undefined),
  )
  const chosen = fitting[which % Math.max(fitting.length, 1)]
  if (chosen !== undefined) await act(chosen.id)
}

function withInstance(
  stage: Stage,
  { which, at: place }: { readonly which: number; readonly at: number },
  act: (id: string) => unknown,
): Promise<void> {
  return withOne(stage, which, true, (seriesId) => {
    const from = stage.sandbox.clock.now() - 7 * day
    const instances = stage.sandbox.google.listInstances(stage.address, stage.calendarId, seriesId, { from, limit: 10 })
    const chosen = instances[place % Math.max(instances.length, 1)]
    if (chosen !== undefined) act(chosen)
  })
}
