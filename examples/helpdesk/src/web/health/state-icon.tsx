import type { Verdict } from './judge-health.ts'

const paths: Record<Verdict['level'] | 'unknown', string> = {
  well: 'm6 10.2 2.7 2.7L14 7.4',
  attention: 'M10 6v4.6m0 2.9v.1',
  trouble: 'm7 7 6 6m0-6-6 6',
  nothing: 'M6.5 10h7',
  unknown: 'M7.6 7.8a2.5 2.5 0 1 1 3.4 2.6c-.7.3-1 .7-1 1.4v.2m0 2.1v.1',
}

/** The shape says the same as the colour, and the words beside it say both. */
export function StateIcon({ level }: { level: keyof typeof paths }) {
  return (
    <svg className="state-icon" data-level={level} viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8.5" />
      <path d={paths[level]} />
    </svg>
  )
}
