const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 5322 section 4.3: hours from UTC. Single letters were defined the wrong way round, so they count as UTC, as does every other word. */
const zones: ReadonlyMap<string, number> = new Map([
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
])

/**
 * A `Date` value as ISO 8601 in UTC, or `null` when it is none. RFC 5322 section 3.3 and 4.3, in any order of the parts, and ISO 8601.
 * `Date.parse` would guess at words and read a time without zone in the zone of this machine; here it is UTC.
 */
export function readDate(value: string): string | null {
  const text = value.replace(/\([^()]*\)/g, ' ').trim()
  return readIso(text) ?? readWords(text)
}

function readIso(text: string): string | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = parts
  return compose([year, month, day, hour, minute, second].map(Number), readZone(zone))
}

function readWords(text: string): string | null {
  const words = text.toLowerCase().split(/[\s,]+|(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)/)
  const month = months.findIndex((name) => words.some((word) => /^[a-z]+\.?$/.test(word) && word.startsWith(name)))
  const time = words.find((word) => /^\d{1,2}:\d{1,2}(:\d{1,2})?$/.test(word))
  const [day, year] = words.filter((word) => /^\d{1,4}$/.test(word))
  if (month === -1 || time === undefined || day === undefined || year === undefined || day.length > 2 || year.length < 2) return null
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  const after = words.slice(words.indexOf(time) + 1)
  const half = after.find((word) => word === 'am' || word === 'pm')
  const zone = after.find((word) => word !== half && /^(gmt|utc)?[+-]\d|^[a-z]{1,4}$/.test(word))
  return compose([fullYear(year), month + 1, Number(day), to24(hour, half), minute, second], readZone(zone ?? 'utc'))
}

function to24(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return hour >= 1 && hour <= 12 ? (hour % 12) + (half === 'pm' ? 12 : 0) : Number.NaN
}

/** RFC 5322 section 4.3: two digits up to 49 are of this century, three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

/** Minutes east of UTC, or `null` when no clock shows that. */
function readZone(zone: string): number | null {
  if (/^[a-z]+$/i.test(zone)) return (zones.get(zone.toLowerCase()) ?? 0) * 60
  const parts = /^(?:gmt|utc)?([+-])(\d{1,2})(?::?(\d\d))?$/i.exec(zone)
  if (parts === null) return null
  const [, sign, hours = '', minutes = '0'] = parts
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function compose(parts: readonly number[], zoneMinutes: number | null): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  if (zoneMinutes === null || !(hour <= 23) || minute > 59 || second > 60 || year < 1900) return null
  // Date.UTC rolls over: 31 February would be a day in March.
  const midnight = new Date(Date.UTC(year, month - 1, day))
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null
  return new Date(Date.UTC(year, month - 1, day, hour, minute - zoneMinutes, Math.min(second, 59))).toISOString()
}
