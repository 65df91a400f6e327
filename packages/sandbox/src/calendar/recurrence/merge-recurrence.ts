import { iterateRule } from './iterate-rule.ts'
import type { Recurrence } from './read-recurrence.ts'

/** The wall times of a series, each once and in order. */
export function* mergeRecurrence({ rules, dates, excludedRules, excludedDates }: Recurrence, start: number): Generator<number> {
  // A series begins with its start, also where no rule includes it, and no rule counts it then; one whose rules ended before has none.
  const begins = rules.length === 0 || rules.some(({ until }) => until >= start)
  const added = begins ? [start, ...dates] : dates
  const wanted = inOrder([...rules.map((rule) => iterateRule(rule, start)), added.toSorted((a, b) => a - b).values()])
  const unwanted = inOrder(excludedRules.map((rule) => iterateRule(rule, start)))
  let excluded = unwanted.next()
  for (const wall of wanted) {
    while (!excluded.done && excluded.value < wall) excluded = unwanted.next()
    if (!excludedDates.has(wall) && (excluded.done || excluded.value !== wall)) yield wall
  }
}

function* inOrder(sources: Iterator<number>[]): Generator<number> {
  const heads = sources.map((source) => ({ source, next: source.next() }))
  let last = Number.NEGATIVE_INFINITY
  for (;;) {
    let first: (typeof heads)[number] | undefined
    for (const head of heads) if (!head.next.done && (!first || head.next.value < first.next.value)) first = head
    if (!first) return
    const wall: number = first.next.value
    first.next = first.source.next()
    if (wall > last) yield wall
    last = Math.max(last, wall)
  }
}
