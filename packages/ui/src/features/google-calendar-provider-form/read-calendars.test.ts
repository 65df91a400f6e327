// @vitest-environment node
import type { ChoiceItem } from '@tenantry/sdk/wire'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarDirections } from './calendar-form-values.ts'
import { readCalendars } from './read-calendars.ts'
import type { ReadCalendarsOptions } from './read-calendars.ts'

const make = (id: string, more: Partial<ChoiceItem> = {}): ChoiceItem => ({
  id,
  name: id,
  kind: 'user',
  detail: null,
  color: null,
  access: 'write',
  ...more,
})

const main = make('dana@acme.test', { name: 'Zoe', kind: 'system', color: '#7986cb', detail: 'Europe/Berlin' })

const read = (calendars: ChoiceItem[], more: Partial<ReadCalendarsOptions> = {}) =>
  readCalendars({ calendars, saved: null, others: [], directions: calendarDirections, locale: 'en', ...more })

describe('readCalendars', () => {
  it('puts the main calendar first, then what can be changed, then what can be viewed, then the rest', () => {
    const calendars = [make('b', { access: 'busy' }), make('r', { access: 'read' }), make('Team 10'), make('Team 9'), main]
    expect(read(calendars).map(({ name }) => name)).toEqual(['Zoe', 'Team 9', 'Team 10', 'r', 'b'])
  })

  it('says why a calendar cannot be chosen', () => {
    const calendars = [main, make('r', { access: 'read' }), make('b', { access: 'busy' }), make('t')]
    const others = [{ name: 'Other', settings: { calendarId: 't' } }]
    expect(read(calendars, { others }).map(({ obstacle }) => obstacle)).toEqual([
      null,
      { kind: 'taken', by: 'Other' },
      null,
      { kind: 'busy' },
    ])
    expect(read(calendars, { directions: ['both', 'to_google'] }).map(({ obstacle }) => obstacle?.kind)).toEqual([
      undefined,
      undefined,
      'view',
      'busy',
    ])
  })

  it('knows the main calendar by both of its names', () => {
    expect(read([main], { saved: 'primary' })).toMatchObject([{ value: 'primary', obstacle: null }])
    expect(read([main], { saved: 'dana@acme.test' })).toMatchObject([{ value: 'dana@acme.test', obstacle: null }])
    const others = [{ name: 'Other', settings: { calendarId: 'primary' } }]
    expect(read([main], { others })[0]?.obstacle).toEqual({ kind: 'taken', by: 'Other' })
  })

  it('keeps what was chosen and is gone, first and not to choose', () => {
    expect(read([main], { saved: 'c_gone' })[0]).toMatchObject({ value: 'c_gone', obstacle: { kind: 'missing' } })
  })

  it('takes a colour only for what it says it is', () => {
    expect(read([make('a', { color: 'url(https://evil.test)' }), make('b', { color: '#AbCdEf' })]).map(({ color }) => color)).toEqual([
      null,
      '#AbCdEf',
    ])
  })

  it('loses and doubles no calendar', () => {
    const calendar = fc.record({
      id: fc.string({ minLength: 1 }),
      name: fc.string(),
      kind: fc.constant('user' as const),
      detail: fc.option(fc.string()),
      color: fc.option(fc.string()),
      access: fc.option(fc.constantFrom('write', 'read', 'busy')),
    })
    fc.assert(
      fc.property(fc.uniqueArray(calendar, { selector: ({ id }) => id }), fc.option(fc.string({ minLength: 1 })), (calendars, saved) => {
        const values = read(calendars as ChoiceItem[], { saved }).map(({ value }) => value)
        expect(new Set(values)).toEqual(new Set([...calendars.map(({ id }) => id), ...(saved === null ? [] : [saved])]))
        expect(values).toHaveLength(new Set(values).size)
      }),
    )
  })
})
