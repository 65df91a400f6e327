const dayMs = 86_400_000

/** A clock on the wall of a time zone. A wall time is epoch ms of a clock in UTC that shows the same. */
export interface WallClock {
  /** How far the clock is ahead of UTC, in ms. */
  offsetAt(instant: number): number
}

// Making a clock costs more than a hundred looks at it. Names are kept in lower case, so that there are as many as there are zones.
const clocks = new Map<string, WallClock>()
const mostMidnights = 2_000

/** `null` for a name that is none of the IANA database, as far as this runtime knows it. */
export function clockOf(timeZone: string): WallClock | null {
  if (timeZone.length > 64 || !/^[a-z][\w+-]*(\/[\w+-]+)*$/i.test(timeZone)) return null
  const name = timeZone.toLowerCase()
  const known = clocks.get(name)
  if (known !== undefined) return known
  try {
    const clock = createClock(name)
    clocks.set(name, clock)
    return clock
  } catch {
    return null
  }
}

function createClock(timeZone: string): WallClock {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const midnights = new Map<number, number>()
  const atMidnight = (day: number) => {
    const known = midnights.get(day)
    if (known !== undefined) return known
    if (midnights.size >= mostMidnights) midnights.clear()
    const offset = readOffset(formatter, day * dayMs)
    midnights.set(day, offset)
    return offset
  }
  return {
    offsetAt(instant) {
      const day = Math.floor(instant / dayMs)
      const offset = atMidnight(day)
      // No zone changes its clock twice in two days, so between two equal offsets there is no other.
      return offset === atMidnight(day + 1) ? offset : readOffset(formatter, instant)
    },
  }
}

function readOffset(formatter: Intl.DateTimeFormat, instant: number): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatter.formatToParts(instant)) shown[type] = value
  const read = (name: Intl.DateTimeFormatPartTypes) => Number(shown[name])
  const year = shown.era?.startsWith('B') === true ? 1 - read('year') : read('year')
  const wall = composeWallTime([year, read('month'), read('day'), read('hour'), read('minute'), read('second')])
  return wall - Math.floor(instant / 1000) * 1000
}

/** What the clock shows. */
export function toWallTime(instant: number, clock: WallClock): number {
  return instant + clock.offsetAt(instant)
}

/**
 * When the clock shows this. Of a time that comes twice it is the first; a time that is skipped counts with the offset before the gap
 * (RFC 5545, section 3.3.5; `compatible` in Temporal).
 */
export function fromWallTime(wall: number, clock: WallClock): number {
  const [early, late] = candidates(wall, clock)
  return early !== late && toWallTime(early, clock) !== wall && toWallTime(late, clock) === wall ? late : early
}

/** The first moment of the day that begins at this wall time: midnight, or where the clock skips midnight, the moment after the gap. */
export function firstMoment(midnight: number, clock: WallClock): number {
  const [early, late] = candidates(midnight, clock)
  if (early === late || toWallTime(early, clock) === midnight) return early
  if (toWallTime(late, clock) === midnight) return late
  let [before, after] = [midnight - dayMs, midnight + dayMs]
  const offset = clock.offsetAt(before)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (clock.offsetAt(middle) === offset) before = middle
    else after = middle
  }
  return after
}

/** Epoch ms of a clock in UTC that shows this: year, month, day, hour, minute, second. `NaN` for a day that no calendar has. */
export function composeWallTime(parts: readonly number[]): number {
  const [year = Number.NaN, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
  // Date.UTC takes the years 0 to 99 for 1900 to 1999, and 31 February for a day in March.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN
  return date.setUTCHours(hour, minute, second, 0)
}

// Of the offsets a day before and a day after, one is the right one; where they are the same, it is.
function candidates(wall: number, clock: WallClock): [number, number] {
  return [wall - clock.offsetAt(wall - dayMs), wall - clock.offsetAt(wall + dayMs)]
}
