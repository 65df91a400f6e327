import { usePreferences } from '../preferences.tsx'

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** Times as the reader's language writes them. */
export function useTimeWords() {
  const { locale } = usePreferences()
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'always' })
  return {
    sayCount: (count: number): string => new Intl.NumberFormat(locale).format(count),
    /** `12 min`: the largest unit that fits. */
    sayDuration: (ms: number): string => {
      const [unit, amount] = split(ms)
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
    },
    /** `in 3 min.`, `12 sec. ago`: how far `time` is from `now`, both in epoch milliseconds. */
    sayDistance: (time: number, now: number): string => {
      const [unit, amount] = split(Math.abs(time - now))
      return relative.format(time < now ? -amount : amount, unit)
    },
    sayDate: (time: number): string => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time),
    /** The time alone on the day of `now`, else with its date. */
    sayMoment: (time: number, now: number): string => {
      const isToday = new Date(time).toDateString() === new Date(now).toDateString()
      return new Intl.DateTimeFormat(locale, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }).format(time)
    },
  }
}

function split(ms: number): [(typeof units)[number][0], number] {
  const [unit, size] = units.find(([, length]) => ms >= length) ?? (['second', 1000] as const)
  return [unit, Math.floor(ms / size)]
}
