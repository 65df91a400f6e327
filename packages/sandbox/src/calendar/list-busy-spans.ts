import type { CalendarState } from '../state/account-state.ts'
import { spanOf } from './event-times.ts'
import type { Span } from './event-times.ts'
import { listOccurring } from './list-instances.ts'

/** When the calendar is taken within a span: cut to it, in order, and what overlaps or touches as one. */
export function listBusySpans(calendar: CalendarState, within: Span): Span[] {
  const taken = listOccurring(calendar, within)
    .filter((resource) => resource['transparency'] !== 'transparent')
    .map((resource) => spanOf(resource, calendar.timeZone))
    .map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) }))
  return merge(taken.filter(({ from, to }) => from < to))
}

/** Joins what overlaps or touches. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged
}
