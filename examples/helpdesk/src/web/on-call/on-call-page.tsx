import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Session } from '../../server/create-api.ts'
import type { OnCallWeek } from '../../server/on-call/create-on-call-api.ts'
import type { Shift } from '../../server/on-call/shift.ts'
import { Link } from '../link.tsx'
import { LiveMark } from '../live-mark.tsx'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { request } from '../request.ts'
import { navigate, useLocation } from '../use-location.ts'
import { AddShift } from './add-shift.tsx'
import { CancelShift } from './cancel-shift.tsx'
import { DayColumn } from './day-column.tsx'
import { midnight, planWeek, plusDays, writeDate } from './plan-week.ts'
import { ShiftNews } from './shift-news.tsx'
import { WeekBar } from './week-bar.tsx'

const path = '/on-call'

/** Who is on call: a week of all the tenant's calendars, in the reader's time zone. */
export function OnCallPage({ may, pollEveryMs }: { may: Session['may']; pollEveryMs: number | false }) {
  const t = useWords()
  const asked = useLocation().searchParams.get('week')
  const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const {
    data: week,
    error,
    isPlaceholderData: isOtherWeek,
  } = useQuery({
    queryKey: ['on-call', asked, timeZone],
    queryFn: () => request<OnCallWeek>(`/api/on-call?${new URLSearchParams({ timeZone, ...(asked !== null && { week: asked }) })}`),
    placeholderData: keepPreviousData,
    refetchInterval: pollEveryMs,
  })
  const heading = useRef<HTMLHeadingElement>(null)
  const [isAdding, setAdding] = useState(false)
  const [cancelling, setCancelling] = useState<Shift | null>(null)
  const go = (weeks: -1 | 1 | null) => {
    if (week) navigate(weeks === null ? path : `${path}?week=${writeDate(plusDays(midnight(week.monday), 7 * weeks))}`)
  }
  const isEmpty = week?.isConnected === false && week.shifts.length === 0
  return (
    <div className="page wide">
      <PageTitle title={t.onCall} help={t.onCallHelp} aside={<LiveMark pollEveryMs={pollEveryMs} />} />
      {error && <p role="alert">{t.failed}</p>}
      {isEmpty && (
        <div className="card empty">
          <h2>{t.noShifts}</h2>
          <p>{t.noShiftsHelp}</p>
          {may.connectCalendar && (
            <Link href="/settings/integrations?open=google-calendar" className="button">
              {t.connectCalendar}
            </Link>
          )}
        </div>
      )}
      {week && !isEmpty && (
        <>
          <WeekBar monday={week.monday} heading={heading} onGo={go} onAdd={week.calendars.length > 0 ? () => setAdding(true) : null} />
          {/* What is still shown of another week is not to be acted on. */}
          <ol className="days" inert={isOtherWeek}>
            {planWeek(week).map((day) => (
              <DayColumn key={day.date.toISOString()} day={day} onCancel={setCancelling} />
            ))}
          </ol>
          <ShiftNews key={week.monday} shifts={week.shifts} />
        </>
      )}
      {week && isAdding && <AddShift week={week} timeZone={timeZone} onClose={() => setAdding(false)} />}
      {cancelling && (
        <CancelShift
          shift={cancelling}
          onClose={(isDone) => {
            // Behind a dialog nothing takes the focus.
            flushSync(() => setCancelling(null))
            // The button that had it is about to go.
            if (isDone) heading.current?.focus()
          }}
        />
      )}
    </div>
  )
}
