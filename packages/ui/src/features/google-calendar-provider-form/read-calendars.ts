import type { ChoiceItem, ConnectionSummary } from '@tenantry/sdk/wire'
import type { CalendarDirection } from './calendar-form-values.ts'
import { readCalendarValues } from './calendar-form-values.ts'

/** Why a calendar cannot be chosen. */
export type CalendarObstacle =
  | { readonly kind: 'busy' | 'view' | 'missing' }
  /** Another connection has it. */
  | { readonly kind: 'taken'; readonly by: string }

export interface CalendarOption {
  /** What the setting holds for it. */
  readonly value: string
  readonly name: string
  readonly isMain: boolean
  /** `#rrggbb` */
  readonly color: string | null
  readonly access: ChoiceItem['access']
  readonly timeZone: string | null
  readonly obstacle: CalendarObstacle | null
}

export interface ReadCalendarsOptions {
  readonly calendars: readonly ChoiceItem[]
  /** What the connection reads now; `null`: nothing yet. */
  readonly saved: string | null
  /** Other connections of the same account. */
  readonly others: readonly Pick<ConnectionSummary, 'name' | 'settings'>[]
  /** What the host can do. */
  readonly directions: readonly CalendarDirection[]
  readonly locale: string
}

const PRIMARY = 'primary'

const ranks: Readonly<Record<string, number>> = { write: 0, read: 1, busy: 2 }

/** The account's calendars as a list to choose from: what is gone first, then the main one, then by what may be done with them, by name. */
export function readCalendars({ calendars, saved, others, directions, locale }: ReadCalendarsOptions): readonly CalendarOption[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const takenBy = new Map(others.map((other) => [readCalendarValues(other).calendarId, other.name]))
  const options = calendars
    .toSorted((a, b) => rankOf(a) - rankOf(b) || compare(a.name, b.name))
    .map(({ id, name, kind, color, access, detail }): CalendarOption => {
      const isMain = kind === 'system'
      const by = takenBy.get(id) ?? (isMain ? takenBy.get(PRIMARY) : undefined)
      return {
        // Settings may call the main calendar by its name or by its address: it stays the same choice.
        value: isMain && saved === PRIMARY ? PRIMARY : id,
        name,
        isMain,
        color: color !== null && /^#[\da-f]{6}$/i.test(color) ? color : null,
        access,
        timeZone: detail,
        obstacle: by === undefined ? obstacleOf(access, directions) : { kind: 'taken', by },
      }
    })
  if (saved === null || options.some(({ value }) => value === saved)) return options
  const gone = { isMain: false, color: null, access: null, timeZone: null, obstacle: { kind: 'missing' } } as const
  return [{ value: saved, name: saved, ...gone }, ...options]
}

function rankOf({ kind, access }: ChoiceItem): number {
  return kind === 'system' ? -1 : (ranks[access ?? 'write'] ?? 0)
}

function obstacleOf(access: ChoiceItem['access'], directions: readonly CalendarDirection[]): CalendarObstacle | null {
  if (access === 'busy') return { kind: 'busy' }
  return access === 'read' && !directions.includes('from_google') ? { kind: 'view' } : null
}
