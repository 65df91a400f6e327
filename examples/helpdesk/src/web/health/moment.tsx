import { useTimeWords } from './use-time-words.ts'

/** When something was or will be, and how far that is from the time of the report. Both ISO 8601. */
export function Moment({ time, now }: { time: string; now: string }) {
  const { sayDistance, sayMoment } = useTimeWords()
  const [at, reference] = [Date.parse(time), Date.parse(now)]
  return (
    <time dateTime={time}>
      {sayMoment(at, reference)} <span className="quiet">({sayDistance(at, reference)})</span>
    </time>
  )
}
