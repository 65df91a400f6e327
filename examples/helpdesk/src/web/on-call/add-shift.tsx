import { useMutation } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import type { FormEvent } from 'react'
import type { NewShift } from '../../server/on-call/add-shift.ts'
import type { OnCallWeek } from '../../server/on-call/create-on-call-api.ts'
import { Dialog } from '../dialog.tsx'
import { Failure } from '../failure.tsx'
import { useWords } from '../preferences.tsx'
import { post } from '../request.ts'
import { midnight, plusDays, writeDate } from './plan-week.ts'

interface AddShiftProps {
  week: OnCallWeek
  timeZone: string
  onClose: () => void
}

/** Writes a shift into one of the calendars; it appears in Google and on this page. */
export function AddShift({ week: { monday, now, calendars }, timeZone, onClose }: AddShiftProps) {
  const t = useWords()
  const titleId = useId()
  const [times, setTimes] = useState({ from: '09:00', to: '17:00' })
  const keyOf = useIdempotencyKey()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (shift: Omit<NewShift, 'idempotencyKey'>) => post('/api/on-call', { ...shift, idempotencyKey: keyOf(shift) }),
    onSuccess: onClose,
  })
  const today = writeDate(new Date(now))
  const isShown = today >= monday && today <= writeDate(plusDays(midnight(monday), 6))
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const read = (name: string) => String(fields.get(name) ?? '')
    const day = read('day')
    const lastDay = endsNextDay(times) ? writeDate(plusDays(midnight(day), 1)) : day
    const [start, end] = [`${day}T${times.from}:00`, `${lastDay}T${times.to}:00`]
    mutate({ connectionId: read('connectionId'), title: read('title').trim(), start, end, timeZone })
  }
  return (
    <Dialog labelledBy={titleId} onClose={onClose}>
      <form className="form" onSubmit={add}>
        <h2 id={titleId}>{t.addShift}</h2>
        <label>
          {t.title}
          <input name="title" required maxLength={200} pattern=".*\S.*" />
        </label>
        <label>
          {t.day}
          <input name="day" type="date" required min="1970-01-01" max="2999-12-31" defaultValue={isShown ? today : monday} />
        </label>
        <div className="form-row">
          {(['from', 'to'] as const).map((name) => (
            <label key={name}>
              {name === 'from' ? t.begins : t.ends}
              <input type="time" required value={times[name]} onChange={({ target }) => setTimes({ ...times, [name]: target.value })} />
            </label>
          ))}
        </div>
        {/* Always there, so that it is announced when it says something. */}
        <output className="quiet">{endsNextDay(times) && t.endsNextDay}</output>
        <label>
          {t.calendar}
          <select name="connectionId" required>
            {calendars.map(({ connectionId, name, who }) => (
              <option key={connectionId} value={connectionId}>
                {name} ({who})
              </option>
            ))}
          </select>
        </label>
        {error && <Failure error={error} />}
        <div className="form-foot">
          <button type="button" className="button" onClick={onClose}>
            {t.close}
          </button>
          <button className="button primary" disabled={isPending}>
            {t.addShift}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const endsNextDay = ({ from, to }: { from: string; to: string }) => from !== '' && to !== '' && to <= from

/** The same key as long as the same is sent, so that a second attempt does not make a second shift. */
function useIdempotencyKey() {
  const last = useRef({ content: '', key: '' })
  return (shift: unknown): string => {
    const content = JSON.stringify(shift)
    if (last.current.content !== content) last.current = { content, key: crypto.randomUUID() }
    return last.current.key
  }
}
