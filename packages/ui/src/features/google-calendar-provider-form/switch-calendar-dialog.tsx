import { useRef } from 'react'
import { calendarNameOf } from '../../elements/connection-card/calendar-name-of.ts'
import { Button } from '../../parts/button/button.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { readCalendarValues } from './calendar-form-values.ts'
import type { AskedSwitch } from './google-calendar-provider-form.controller.ts'
import { useCalendars } from './use-calendars.ts'

/** Asks before another calendar takes the place of the one that was read so far; the safe answer has the focus. */
export function SwitchCalendarDialog({ connection, values, answer }: AskedSwitch) {
  const before = readCalendarValues(connection)
  const { t, calendars } = useCalendars(connection, before.calendarId)
  const keep = useRef<HTMLButtonElement>(null)
  const find = (id: string | null) => calendars?.find(({ value }) => value === id)
  const old = find(before.calendarId)
  const kept = calendarNameOf(connection, t('mainCalendar'))
  const isKnown = (old !== undefined && old.obstacle?.kind !== 'missing') || kept !== before.calendarId
  const names = {
    old: isKnown ? <bdi key="old">{old?.name ?? kept}</bdi> : t('previous'),
    new: <bdi key="new">{find(values.calendarId)?.name}</bdi>,
  }
  const footer = (
    <>
      <Button ref={keep} onClick={() => answer(false)}>
        {t('keep')}
      </Button>
      <Button variant="primary" onClick={() => answer(true)}>
        {t('switch')}
      </Button>
    </>
  )
  const text = (
    <>
      {before.direction !== 'from_google' && <div>{t.rich('switchStays', names)}</div>}
      {before.direction !== 'to_google' && <div>{t.rich('switchOut', names)}</div>}
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && answer(false)}
      title={t('switchTitle')}
      description={text}
      footer={footer}
      initialFocus={keep}
    />
  )
}
