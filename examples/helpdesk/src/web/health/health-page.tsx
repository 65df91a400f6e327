import type { Session } from '../../server/create-api.ts'
import { Failure } from '../failure.tsx'
import { PageTitle } from '../page-title.tsx'
import { useWords } from '../preferences.tsx'
import { HealthDetails } from './health-details.tsx'
import { useHealthWords } from './health-words.ts'
import { LatenessCard } from './lateness-card.tsx'
import { UpdatedMark } from './updated-mark.tsx'
import { useHealth } from './use-health.ts'
import { VerdictCard } from './verdict-card.tsx'

/** How upkeep stands over all tenants, for those who run the helpdesk. */
export function HealthPage({ session: { may, people } }: { session: Session }) {
  const t = useWords()
  const h = useHealthWords()
  const { data: health, error, dataUpdatedAt, isFetching, refetch } = useHealth({ enabled: may.readHealth })
  if (!may.readHealth) {
    const names = people.filter(({ runsHelpdesk }) => runsHelpdesk).map(({ name }) => name)
    return (
      <div className="page">
        <PageTitle title={t.health} />
        <div className="card empty">
          <h2>{h.forbidden}</h2>
          <p>{h.forbiddenHelp(names.join(', '))}</p>
        </div>
      </div>
    )
  }
  const aside = (
    <div className="looked">
      {health && <UpdatedMark at={dataUpdatedAt} hasFailed={error !== null} />}
      <button type="button" className="button" aria-disabled={isFetching} onClick={() => void (isFetching || refetch())}>
        {h.lookAgain}
      </button>
    </div>
  )
  return (
    <div className="page wide health">
      <PageTitle title={t.health} help={h.help} aside={aside} />
      {error && <Failure error={error} />}
      {error && health && <p className="health-stale">{h.couldNotRefresh}</p>}
      {health && (
        <>
          <div className="health-top">
            <VerdictCard report={health.report} watchedSince={health.watchedSince} seenAt={dataUpdatedAt} isStale={error !== null} />
            <LatenessCard {...health} />
          </div>
          <HealthDetails report={health.report} people={people} />
        </>
      )}
      {!health && !error && <Skeleton />}
    </div>
  )
}

/** Has the size of what comes. */
function Skeleton() {
  const t = useWords()
  return (
    <div className="health-top" aria-busy="true">
      <output className="hidden">{t.loading}</output>
      <div className="card health-skeleton" />
      <div className="card health-skeleton" />
    </div>
  )
}
