import { useState } from 'react'
import type { Shift } from '../../server/on-call/shift.ts'
import { useWords } from '../preferences.tsx'
import { toDate } from './plan-week.ts'
import { useShiftWords } from './use-shift-words.ts'

/** Announces what somebody changes while the page is open. */
export function ShiftNews({ shifts }: { shifts: readonly Shift[] }) {
  const t = useWords()
  const { sayChange, sayDay } = useShiftWords()
  const [known] = useState(() => new Set(shifts.map(nameChange)))
  const news = shifts
    .filter((shift) => shift.change?.own === false && !known.has(nameChange(shift)))
    .toSorted((left, right) => (right.change?.at ?? '').localeCompare(left.change?.at ?? ''))[0]
  return <output className="hidden">{news && `${sayChange(news)}: ${news.title || t.untitled}, ${sayDay(toDate(news.start))}`}</output>
}

const nameChange = ({ id, change }: Shift) => `${id} ${change?.at}`
