const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** `2026-11-21 06:33 UTC`: the same on every machine, so server and first client render agree. */
export function formatUtc(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `4 minutes ago`, `in 22 hours`; under a minute the locale's word for now. */
export function formatRelative(iso: string, now: number, locale: string): string {
  const distance = new Date(iso).getTime() - now
  if (Number.isNaN(distance)) return iso
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', Infinity]
  return format.format(Math.trunc(distance / size), unit)
}

/** `3 Nov 2026`, or with the time of day, in the reader's zone. */
export function formatDate(iso: string, locale: string, timeZone: string | undefined, withTime = false): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...(withTime && { timeStyle: 'short' }),
    ...(timeZone && { timeZone }),
  }).format(time)
}

const HALF_DAY_MS = 43_200_000

/** `14:20` where that can only be one moment; otherwise the date with it. In the reader's zone. */
export function formatClock(iso: string, now: number, locale: string, timeZone: string | undefined): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  if (Math.abs(time.getTime() - now) > HALF_DAY_MS) return formatDate(iso, locale, timeZone, true)
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...(timeZone && { timeZone }) }).format(time)
}
