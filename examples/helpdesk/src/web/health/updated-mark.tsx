import { useEffect, useState } from 'react'
import { useHealthWords } from './health-words.ts'
import { useTimeWords } from './use-time-words.ts'

/** Longer than between two looks. */
const staleMs = 20_000
const justNowMs = 3000

/** How old is what the page shows; `at` in epoch milliseconds. */
export function UpdatedMark({ at, hasFailed }: { at: number; hasFailed: boolean }) {
  const t = useHealthWords()
  const { sayDistance } = useTimeWords()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const age = now - at
  return (
    <span className="live" data-state={hasFailed || age > staleMs ? 'stale' : 'open'}>
      {age < justNowMs ? t.justNow : t.updated(sayDistance(at, now))}
    </span>
  )
}
