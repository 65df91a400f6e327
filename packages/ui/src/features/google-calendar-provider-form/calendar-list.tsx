import { useRef } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import { Link } from '../../parts/link/link.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { CalendarDot } from './calendar-dot.tsx'
import { calendarSettingsMessages } from './calendar-settings.messages.ts'
import type { CalendarOption } from './read-calendars.ts'

type Say = Translate<(typeof calendarSettingsMessages)['messages']>

export interface CalendarListProps {
  calendars: readonly CalendarOption[]
  value: string | null
  onChange: (value: string) => void
  /** Gets what can take the focus when the choice is refused. */
  focusRef?: (target: { focus: () => void }) => void
  error?: string | undefined
  onLookAgain: () => void
  looking: boolean
}

/** One calendar of many: colour, name, what may be done with it, and why it cannot be chosen. */
export function CalendarList({ calendars, value, onChange, focusRef, error, onLookAgain, looking }: CalendarListProps) {
  const t = useMessages(calendarSettingsMessages)
  const frame = useRef<HTMLDivElement>(null)
  if (calendars.length === 0) return <NoCalendars t={t} onLookAgain={onLookAgain} looking={looking} />
  const isUsable = calendars.some(({ obstacle }) => obstacle === null)
  const bind = (element: HTMLDivElement | null) => {
    frame.current = element
    focusRef?.({ focus: () => frame.current?.querySelector<HTMLElement>('input:checked:enabled, input:enabled')?.focus() })
  }
  return (
    <div ref={bind} className="tn-calendar-list">
      <RadioGroup
        legend={t('calendar')}
        options={calendars.map((calendar) => ({
          value: calendar.value,
          label: <CalendarName calendar={calendar} t={t} />,
          description: <CalendarNote calendar={calendar} t={t} />,
          disabled: calendar.obstacle !== null,
        }))}
        value={value}
        onChange={onChange}
        error={error ?? (isUsable ? undefined : t('noneUsable'))}
      />
    </div>
  )
}

function CalendarName({ calendar: { name, color, isMain }, t }: { calendar: CalendarOption; t: Say }) {
  return (
    <span className="tn-calendar-name">
      <CalendarDot color={color} />
      <bdi>{name}</bdi> {isMain && <Chip>{t('mainCalendar')}</Chip>}
    </span>
  )
}

function CalendarNote({ calendar: { access, timeZone, obstacle }, t }: { calendar: CalendarOption; t: Say }) {
  if (obstacle?.kind === 'taken') return t.rich('takenReason', { name: obstacle.by })
  if (obstacle !== null) return t(`${obstacle.kind}Reason`)
  return (
    <>
      {access !== null && t(access)}
      {access !== null && timeZone !== null && ' · '}
      {timeZone !== null && <bdi dir="ltr">{timeZone}</bdi>}
    </>
  )
}

function NoCalendars({ t, onLookAgain, looking }: { t: Say } & Pick<CalendarListProps, 'onLookAgain' | 'looking'>) {
  const actions = (
    <>
      <Button busy={looking} onClick={onLookAgain}>
        {t('lookAgain')}
      </Button>
      <Link look="secondary" href="https://calendar.google.com/calendar/r/settings/createcalendar" external={t('googleCalendar')}>
        {t('openGoogle')}
      </Link>
    </>
  )
  return (
    <Callout tone="neutral" icon="calendar" title={t('noneTitle')} actions={actions}>
      {t('noneHelp')}
    </Callout>
  )
}
