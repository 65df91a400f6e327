import { describe, expect, it } from 'vitest'
import { instantOf } from '../model/time-zone.ts'
import type { CalendarMoment } from '../model/calendar-event.ts'
import { newCalendarEvent } from '../testing/new-calendar-event.ts'
import { occurrences } from './index.ts'

const zone = 'America/New_York'

function moment(value: string): CalendarMoment {
  const instant = new Date(instantOf({ value, allDay: false, timeZone: zone }, zone) ?? Number.NaN).toISOString()
  return { value, allDay: false, timeZone: zone, instant }
}

/** Where the instances begin, `YYYY-MM-DD`, with `THH:MM` where it is another time than nine o'clock. */
function begin(start: string, recurrence: readonly string[]): readonly string[] {
  const series = newCalendarEvent({ eventId: 'series', start: moment(start), end: moment(start), recurrence })
  const { occurrences: told, unreadable } = occurrences([series], { from: '1997-01-01T00:00:00Z', to: '2016-12-31T00:00:00Z' })
  expect(unreadable).toEqual([])
  return told.map(({ start: { value } }) => value.slice(0, 16).replace('T09:00', ''))
}

/** `1997-09: 2 3` as dates. */
const dates = (text: string): string[] =>
  text.split('; ').flatMap((month) => {
    const [name = '', days = ''] = month.split(': ')
    return days.split(' ').map((day) => `${name}-${day.padStart(2, '0')}`)
  })

// Section 3.8.5.3, its examples of rules that come true at most daily; of those that go on for ever, the instances that are printed there.
const examples: [string, string, string, string, 'all' | 'first'][] = [
  ['daily for 10 occurrences', '19970902', 'FREQ=DAILY;COUNT=10', '1997-09: 2 3 4 5 6 7 8 9 10 11', 'all'],
  ['every other day', '19970902', 'FREQ=DAILY;INTERVAL=2', '1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; 1997-10: 2 4', 'first'],
  ['every 10 days, 5 occurrences', '19970902', 'FREQ=DAILY;INTERVAL=10;COUNT=5', '1997-09: 2 12 22; 1997-10: 2 12', 'all'],
  ['weekly for 10 occurrences', '19970902', 'FREQ=WEEKLY;COUNT=10', '1997-09: 2 9 16 23 30; 1997-10: 7 14 21 28; 1997-11: 4', 'all'],
  [
    'weekly until 24 December 1997',
    '19970902',
    'FREQ=WEEKLY;UNTIL=19971224T000000Z',
    '1997-09: 2 9 16 23 30; 1997-10: 7 14 21 28; 1997-11: 4 11 18 25; 1997-12: 2 9 16 23',
    'all',
  ],
  [
    'every other week',
    '19970902',
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
    '1997-09: 2 16 30; 1997-10: 14 28; 1997-11: 11 25; 1997-12: 9 23; 1998-01: 6 20; 1998-02: 3 17',
    'first',
  ],
  [
    'weekly on Tuesday and Thursday for five weeks',
    '19970902',
    'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
    '1997-09: 2 4 9 11 16 18 23 25 30; 1997-10: 2',
    'all',
  ],
  [
    'every other week on Monday, Wednesday and Friday',
    '19970901',
    'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
    '1997-09: 1 3 5 15 17 19 29; 1997-10: 1 3 13 15 17 27 29 31; 1997-11: 10 12 14 24 26 28; 1997-12: 8 10 12 22',
    'all',
  ],
  [
    'every other week on Tuesday and Thursday, for 8 occurrences',
    '19970902',
    'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH',
    '1997-09: 2 4 16 18 30; 1997-10: 2 14 16',
    'all',
  ],
  [
    'monthly on the first Friday',
    '19970905',
    'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
    '1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5; 1998-01: 2; 1998-02: 6; 1998-03: 6; 1998-04: 3; 1998-05: 1; 1998-06: 5',
    'all',
  ],
  [
    'every other month on the first and last Sunday',
    '19970907',
    'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
    '1997-09: 7 28; 1997-11: 2 30; 1998-01: 4 25; 1998-03: 1 29; 1998-05: 3 31',
    'all',
  ],
  [
    'monthly on the second-to-last Monday',
    '19970922',
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    '1997-09: 22; 1997-10: 20; 1997-11: 17; 1997-12: 22; 1998-01: 19; 1998-02: 16',
    'all',
  ],
  [
    'monthly on the third-to-last day',
    '19970928',
    'FREQ=MONTHLY;BYMONTHDAY=-3',
    '1997-09: 28; 1997-10: 29; 1997-11: 28; 1997-12: 29; 1998-01: 29; 1998-02: 26',
    'first',
  ],
  [
    'monthly on the first and last day',
    '19970930',
    'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
    '1997-09: 30; 1997-10: 1 31; 1997-11: 1 30; 1997-12: 1 31; 1998-01: 1 31; 1998-02: 1',
    'all',
  ],
  [
    'every 18 months on the 10th to 15th',
    '19970910',
    'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
    '1997-09: 10 11 12 13 14 15; 1999-03: 10 11 12 13',
    'all',
  ],
  [
    'every Tuesday, every other month',
    '19970902',
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU',
    '1997-09: 2 9 16 23 30; 1997-11: 4 11 18 25; 1998-01: 6 13 20 27; 1998-03: 3 10 17 24 31',
    'first',
  ],
  [
    'yearly in June and July',
    '19970610',
    'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
    '1997-06: 10; 1997-07: 10; 1998-06: 10; 1998-07: 10; 1999-06: 10; 1999-07: 10; 2000-06: 10; 2000-07: 10; 2001-06: 10; 2001-07: 10',
    'all',
  ],
  [
    'every third year on the 1st, 100th and 200th day',
    '19970101',
    'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
    '1997-01: 1; 1997-04: 10; 1997-07: 19; 2000-01: 1; 2000-04: 9; 2000-07: 18; 2003-01: 1; 2003-04: 10; 2003-07: 19; 2006-01: 1',
    'all',
  ],
  ['every 20th Monday of the year', '19970519', 'FREQ=YEARLY;BYDAY=20MO', '1997-05: 19; 1998-05: 18; 1999-05: 17', 'first'],
  ['Monday of week 20', '19970512', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '1997-05: 12; 1998-05: 11; 1999-05: 17', 'first'],
  [
    'every Thursday in March',
    '19970313',
    'FREQ=YEARLY;BYMONTH=3;BYDAY=TH',
    '1997-03: 13 20 27; 1998-03: 5 12 19 26; 1999-03: 4 11 18 25',
    'first',
  ],
  [
    'the first Saturday that follows the first Sunday',
    '19970913',
    'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
    '1997-09: 13; 1997-10: 11; 1997-11: 8; 1997-12: 13; 1998-01: 10; 1998-02: 7',
    'first',
  ],
  [
    'every four years, the first Tuesday after a Monday in November',
    '19961105',
    'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    '2000-11: 7; 2004-11: 2',
    'first',
  ],
  [
    'the third of Tuesday, Wednesday and Thursday, for three months',
    '19970904',
    'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
    '1997-09: 4; 1997-10: 7; 1997-11: 6',
    'all',
  ],
  [
    'the second-to-last weekday of the month',
    '19970929',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    '1997-09: 29; 1997-10: 30; 1997-11: 27; 1997-12: 30; 1998-01: 29; 1998-02: 26; 1998-03: 30',
    'first',
  ],
  ['weeks that begin on Monday', '19970805', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08: 5 10 19 24', 'all'],
  ['weeks that begin on Sunday', '19970805', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08: 5 17 19 31', 'all'],
  ['a 30th that February lacks', '20070115', 'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '2007-01: 15 30; 2007-02: 15; 2007-03: 15 30', 'all'],
]

describe('the examples of RFC 5545', () => {
  it.each(examples)('%s', (_, start, rule, expected, extent) => {
    const told = begin(start.replace(/(....)(..)(..)/, '$1-$2-$3T09:00:00'), [`RRULE:${rule}`])
    expect(extent === 'all' ? told : told.slice(0, dates(expected).length)).toEqual(dates(expected))
  })

  it('every day in January for three years, said in two ways', () => {
    const yearly = begin('1998-01-01T09:00:00', ['RRULE:FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA'])
    expect(yearly).toHaveLength(93)
    expect(begin('1998-01-01T09:00:00', ['RRULE:FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1'])).toEqual(yearly)
  })

  it('every Friday the 13th, without the start that is none', () => {
    const told = begin('1997-09-02T09:00:00', ['EXDATE;TZID=America/New_York:19970902T090000', 'RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'])
    expect(told.slice(0, 5)).toEqual(dates('1998-02: 13; 1998-03: 13; 1998-11: 13; 1999-08: 13; 2000-10: 13'))
  })

  it('every 20 minutes from 9:00 to 16:40', () => {
    const told = begin('1997-09-02T09:00:00', ['RRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=26'])
    expect(told.slice(0, 4)).toEqual(['1997-09-02', '1997-09-02T09:20', '1997-09-02T09:40', '1997-09-02T10:00'])
    expect(told.slice(-3)).toEqual(['1997-09-02T16:40', '1997-09-03', '1997-09-03T09:20'])
  })
})
