import type { HealthReport } from '../../server/health/read-health.ts'
import { HealthCard } from './health-card.tsx'
import { useHealthWords } from './health-words.ts'
import { tallyByKind } from './tally-by-kind.ts'
import { useTimeWords } from './use-time-words.ts'

/** What waits, by kind; of all tenants or the chosen one. */
export function DueCard({ tasks }: Pick<HealthReport, 'tasks'>) {
  const t = useHealthWords()
  const { sayCount, sayDuration } = useTimeWords()
  const kinds = tallyByKind(tasks)
  return (
    <HealthCard title={t.due} help={t.dueHelp} empty={kinds.length === 0 && t.noneDue}>
      <table className="health-table">
        <thead>
          <tr>
            <th scope="col">{t.work}</th>
            <th scope="col" className="number">
              {t.waiting}
            </th>
            <th scope="col" className="number">
              {t.longest}
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, due, latenessMs }) => (
            <tr key={kind}>
              <th scope="row">{t.kinds[kind]}</th>
              <td className="number">{sayCount(due)}</td>
              <td className="number">{sayDuration(latenessMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </HealthCard>
  )
}
