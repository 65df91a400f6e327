import { useQuery } from '@tanstack/react-query'
import type { Session } from '../../server/create-api.ts'
import type { Schedule } from '../../server/database/list-shifts.ts'
import { Link } from '../link.tsx'
import { LiveMark } from '../live-mark.tsx'
import { PageTitle } from '../page-title.tsx'
import { usePreferences, useWords } from '../preferences.tsx'
import { request } from '../request.ts'
import { planDays } from './plan-days.ts'
import type { Day } from './plan-days.ts'
import { ShiftCard } from './shift-card.tsx'

/** Who is on call in the next two weeks. */
export function OnCallPage({ may, pollEveryMs }: { may: Session['may']; pollEveryMs: number | false }) {
  const t = useWords()
  const { data: schedule, error } = useQuery({
    queryKey: ['on-call'],
    queryFn: () => request<Schedule>('/api/on-call'),
    refetchInterval: pollEveryMs,
  })
  return (
    <div className="page wide">
      <PageTitle title={t.onCall} help={t.onCallHelp} aside={<LiveMark pollEveryMs={pollEveryMs} />} />
      {error && <p role="alert">{t.failed}</p>}
      {schedule?.shifts.length === 0 && (
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
      {schedule && schedule.shifts.length > 0 && (
        <ol className="days">
          {planDays(schedule).map((day, ahead) => (
            <DayColumn key={day.date.toISOString()} day={day} ahead={ahead} />
          ))}
        </ol>
      )}
    </div>
  )
}

function DayColumn({ day, ahead }: { day: Day; ahead: number }) {
  const t = useWords()
  const { locale } = usePreferences()
  const weekday = ahead === 0 ? t.today : ahead === 1 ? t.tomorrow : day.date.toLocaleDateString(locale, { weekday: 'long' })
  const date = day.date.toLocaleDateString(locale, { day: 'numeric', month: 'short' })
  return (
    <li className="day" data-empty={day.shifts.length === 0 || undefined}>
      <h2>
        {weekday} <span>{date}</span>
      </h2>
      {day.shifts.length === 0 ? (
        <p className="quiet">{t.free}</p>
      ) : (
        <ul>
          {day.shifts.map((shift) => (
            <ShiftCard key={shift.id} shift={shift} />
          ))}
        </ul>
      )}
    </li>
  )
}
