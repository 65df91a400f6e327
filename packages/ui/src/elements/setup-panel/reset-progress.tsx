import type { GoogleGoodbye } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useFailureWords } from '../failure/index.ts'
import { TaskList } from '../task-list/task-list.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { NameList } from '../../parts/name-list/name-list.tsx'
import { Progress } from '../../parts/progress/progress.tsx'
import { ClockTime } from '../../parts/relative-time/clock-time.tsx'
import { isDue } from '../../parts/relative-time/is-due.ts'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { Text } from '../../parts/text/text.tsx'
import { useResetTexts } from './setup-shell.ts'

const SHOWN = 8
const NAMED = 3
const SEGMENTS = 24

type Left = GoogleGoodbye['givenUp'][number]

export interface ResetProgressProps {
  /** `null`: there was nothing to tell, or nobody knows any more. */
  goodbye: GoogleGoodbye | null
  /** Of the reset that ended a moment ago. */
  result?: { readonly disconnected: number } | undefined
}

/** What came of a reset, and how far Google was told of what has ended: in words, in a bar, and for each that is left. */
export function ResetProgress({ goodbye, result }: ResetProgressProps) {
  const t = useResetTexts()
  const { pending, givenUp } = goodbye ?? { pending: [], givenUp: [] }
  // What was not tried yet is not bad news.
  const untold = [...pending.filter(({ code }) => code !== null), ...givenUp]
  const isOver = pending.length + givenUp.length === 0
  return (
    <>
      <Callout tone={isOver ? 'success' : untold.length > 0 ? 'warning' : 'info'}>
        {result && `${t('resetDone', { count: result.disconnected })} `}
        {isOver ? t('resetAllTold') : untold.length > 0 ? <Untold left={untold} /> : t('resetTelling')}
      </Callout>
      {goodbye !== null && (
        <>
          <ToldBar goodbye={goodbye} />
          <LeftList goodbye={goodbye} />
        </>
      )}
    </>
  )
}

/** How many were told, at most so many segments wide. */
export function ToldBar({ goodbye: { done, total } }: { goodbye: GoogleGoodbye }) {
  const t = useResetTexts()
  const length = Math.min(total, SEGMENTS)
  const full = total === 0 ? 0 : Math.floor((done / total) * length)
  const segments = Array.from({ length }, (_, index) => (index < full ? 'done' : 'todo'))
  return <Progress segments={segments} label={t('resetTold', { done, total })} />
}

function Untold({ left }: { left: readonly Left[] }): ReactNode {
  const t = useResetTexts()
  const connections = left.filter(({ connectionId }) => connectionId !== null)
  const projects = left.filter(({ connectionId }) => connectionId === null).map(({ name }) => name)
  const rest = connections.length - NAMED
  const names = [...connections.slice(0, NAMED).map(({ name }) => name), ...(rest > 0 ? [t('resetMoreNames', { count: rest })] : [])]
  return (
    <>
      {connections.length > 0 && t.rich('resetUntold', { count: connections.length, names: <NameList key="names" names={names} /> })}
      {projects.length > 0 && (
        <> {t.rich('resetProjectUntold', { count: projects.length, projects: <NameList key="projects" names={projects} /> })}</>
      )}
    </>
  )
}

function LeftList({ goodbye: { pending, givenUp } }: { goodbye: GoogleGoodbye }) {
  const t = useResetTexts()
  const rows = [
    ...pending.map((left) => ({ ...left, isPending: true })),
    ...givenUp.map((left) => ({ ...left, isPending: false, nextAttemptAt: null })),
  ]
  if (rows.length === 0) return null
  const hidden = rows.length - SHOWN
  return (
    <div className="tn-setup-stack">
      <TaskList
        label={t('resetList')}
        items={rows.slice(0, SHOWN).map(({ isPending, nextAttemptAt, ...left }, index) => ({
          // A connection that was disconnected twice may stand here twice.
          id: `${left.connectionId}-${index}`,
          label: left.connectionId === null ? t.rich('resetProject', { project: left.name }) : <bdi>{left.name}</bdi>,
          state: isPending ? 'waiting' : 'failed',
          word: t(isPending ? 'resetPending' : 'resetGivenUp'),
          detail: (
            <>
              <Why left={left} />{' '}
              {isPending ? <NextTry at={nextAttemptAt} /> : t(left.connectionId === null ? 'resetDeleteByHand' : 'resetStopsByItself')}
            </>
          ),
        }))}
      />
      {hidden > 0 && (
        <Text size="small" tone="muted">
          {t('resetMore', { count: hidden })}
        </Text>
      )}
    </div>
  )
}

function Why({ left: { code } }: { left: Left }): ReactNode {
  const say = useFailureWords()
  return code === null ? null : `${say({ code }).title}.`
}

function NextTry({ at }: { at: string | null }): ReactNode {
  const t = useResetTexts()
  const now = useNow()
  return at === null || isDue(at, now) ? t('resetRetriedSoon') : t.rich('resetRetriedAt', { time: <ClockTime key="time" iso={at} /> })
}
