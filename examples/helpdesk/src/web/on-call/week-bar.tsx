import type { RefObject } from 'react'
import { usePreferences, useWords } from '../preferences.tsx'
import { midnight, plusDays } from './plan-week.ts'

interface WeekBarProps {
  monday: string
  heading: RefObject<HTMLHeadingElement | null>
  /** So many weeks away; `null`: the present one. */
  onGo: (weeks: -1 | 1 | null) => void
  onAdd: (() => void) | null
}

/** Which week it is, and the way to others. */
export function WeekBar({ monday, heading, onGo, onAdd }: WeekBarProps) {
  const t = useWords()
  const { locale } = usePreferences()
  const first = midnight(monday)
  const range = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).formatRange(first, plusDays(first, 6))
  return (
    <div className="week-bar">
      <h2 ref={heading} tabIndex={-1} aria-live="polite">
        <bdi>{range}</bdi>
      </h2>
      <div className="week-moves">
        <button type="button" className="button" aria-label={t.previousWeek} onClick={() => onGo(-1)}>
          ‹
        </button>
        <button type="button" className="button" onClick={() => onGo(null)}>
          {t.thisWeek}
        </button>
        <button type="button" className="button" aria-label={t.nextWeek} onClick={() => onGo(1)}>
          ›
        </button>
      </div>
      {onAdd && (
        <button type="button" className="button primary" onClick={onAdd}>
          {t.addShift}
        </button>
      )}
    </div>
  )
}
