import type { Person } from '../../server/people.ts'
import type { AuditLog } from '../../server/health/read-audit-log.ts'
import { useFailureWords } from '../use-failure-words.ts'
import { useHealthWords } from './health-words.ts'
import { useTimeWords } from './use-time-words.ts'

type Line = AuditLog['lines'][number]

/** What was done, by whom and when. */
export function AuditLines({ log: { verdict, lines }, people }: { log: AuditLog; people: readonly Person[] }) {
  const t = useHealthWords()
  const { sayCount, sayDate } = useTimeWords()
  const { sayAction, sayOutcome } = useLineWords()
  const brokenAt = verdict.ok ? null : verdict.brokenAt
  const sayActor = ({ actor }: Line) => {
    if (actor === 'service') return t.nobody
    const id = actor.replace(/^user:/, '')
    return people.find((person) => person.id === id)?.name ?? id
  }
  return (
    <table className="health-table">
      <caption>{verdict.ok ? t.newestLines : t.aroundBreak}</caption>
      <thead>
        <tr>
          <th scope="col" className="number">
            {t.line}
          </th>
          <th scope="col">{t.what}</th>
          <th scope="col">{t.who}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.sequence} data-broken={line.sequence === brokenAt || undefined}>
            <td className="number">{sayCount(line.sequence)}</td>
            <th scope="row">
              {sayAction(line)}
              {line.outcome !== 'ok' && <span className="why">{sayOutcome(line)}</span>}
              <code>{line.subject}</code>
            </th>
            <td className="actor">
              {sayActor(line)}
              <time className="meta" dateTime={new Date(line.at).toISOString()}>
                {sayDate(line.at)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useLineWords() {
  const t = useHealthWords()
  const statuses: Readonly<Record<string, string>> = t.statuses
  const wordsOf = useFailureWords()
  const actions: Readonly<Record<string, string>> = t.actions
  return {
    // An action that came later than these words is told as it is.
    sayAction: ({ action }: Line): string => {
      const status = statuses[action.replace(/^connection\./, '')]
      return actions[action] ?? (status === undefined ? action : t.becomes(status))
    },
    sayOutcome: ({ outcome }: Line): string => wordsOf(outcome)?.title ?? outcome,
  }
}
