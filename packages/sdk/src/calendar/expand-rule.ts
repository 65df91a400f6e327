import { RRuleTemporal } from 'rrule-temporal'
import type { Rule } from './read-rule.ts'

const dayMs = 86_400_000
/** Daily for half a century; a longer count is looked at only as far as it is needed. */
const mostCounted = 20_000
/** A rule that picks from many (BYSETPOS) looks at all of them first. */
const mostCandidates = 500_000

/** Wall times from `from` to `to`, both included, in order. */
export type Expansion = (from: number, to: number) => readonly number[]

/**
 * Follows a rule on a wall clock: in UTC no time is skipped or comes twice, so what the clocks of the series do is decided afterwards.
 * @throws Error for a rule that takes too long to follow
 */
export function expandRule({ text, count, perDay }: Rule, startWall: number, lastWall: number): Expansion {
  if (lastWall < startWall) return () => []
  const days = Math.floor((lastWall - startWall) / dayMs) + 2
  // A count that cannot be reached by then is none, and a rule without one need not be followed from its beginning.
  const counted = count !== null && count < days * perDay ? count : null
  if (counted !== null && counted > mostCounted) throw new RangeError('COUNT')
  const start = new Date(startWall).toISOString().replace(/[-:]|\.\d+/g, '')
  const rule = new RRuleTemporal({
    rruleString: `DTSTART:${start}\nRRULE:${text}${counted === null ? '' : `;COUNT=${counted}`}`,
    maxIterations: mostCounted,
    ...(/BYSETPOS/.test(text) && { maxCandidateEvaluations: mostCandidates }),
  })
  const between: Expansion = (from, to) =>
    rule.between(new Date(from), new Date(to), true).map(({ epochMilliseconds }) => epochMilliseconds)
  if (counted === null) return between
  const all = between(startWall, lastWall)
  return (from, to) => all.filter((wall) => wall >= from && wall <= to)
}
