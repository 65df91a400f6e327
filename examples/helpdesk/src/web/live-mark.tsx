import { useWords } from './preferences.tsx'

/** Says how soon a change shows. */
export function LiveMark({ pollEveryMs }: { pollEveryMs: number | false }) {
  const t = useWords()
  return (
    <span className="live" data-state={pollEveryMs === false ? 'open' : 'polling'}>
      {pollEveryMs === false ? t.instant : t.polled}
    </span>
  )
}
