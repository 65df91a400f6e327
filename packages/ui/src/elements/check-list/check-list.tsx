import type { CheckId, CheckReport } from '@tenantry/sdk/wire'
import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import type { CheckActions, CheckWork } from './check-actions.ts'
import { checkListMessages } from './check-list.messages.ts'
import { CheckRow, ExpectedCheckRow } from './check-row.tsx'
import { orderChecks } from './order-checks.ts'

export interface CheckListProps {
  report: CheckReport
  /** The report of the last whole run, when single checks were run since: it keeps the rows in their places. */
  whole?: CheckReport | undefined
  /** All are being run again. */
  running?: boolean
  work?: Readonly<Partial<Record<CheckId, CheckWork>>> | undefined
  actions?: CheckActions | undefined
}

/** What to look at first, worst first; what passed on demand. */
export function CheckList({ report, whole, running = false, work = {}, actions }: CheckListProps) {
  const t = useMessages(checkListMessages)
  const part = usePart()
  const list = useRef<HTMLDivElement>(null)
  const { attention, passed } = orderChecks(report, whole)
  const workOf = (id: CheckId) => (running ? { ...work[id], checking: true } : work[id])
  const pressed = useFocusKeeper(list)
  return (
    // Whatever is pressed in a row may take the row, and the focus, elsewhere.
    <div ref={list} {...part('check-list')} tabIndex={-1} onClickCapture={({ target }) => pressed(target)}>
      {attention.length > 0 && (
        <ul className="tn-checks" aria-label={t('attention')}>
          {attention.map((check) => (
            <CheckRow key={check.id} check={check} work={workOf(check.id)} actions={actions} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <Disclosure summary={t('passed', { count: passed.length })}>
          <ul className="tn-checks">
            {passed.map((check) => (
              <CheckRow key={check.id} check={check} work={workOf(check.id)} actions={actions} />
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

/** The rows to come, before the first report. */
export function ExpectedCheckList({ ids, running }: { ids: readonly CheckId[]; running: boolean }) {
  const part = usePart()
  return (
    <div {...part('check-list')} aria-busy={running || undefined}>
      <ul className="tn-checks">
        {ids.map((id) => (
          <ExpectedCheckRow key={id} id={id} status={running ? 'checking' : 'pending'} />
        ))}
      </ul>
    </div>
  )
}

// A row moves when its check turns out otherwise: the focus follows it, or stays with the list when the row is folded away.
function useFocusKeeper(list: RefObject<HTMLElement | null>): (target: EventTarget) => void {
  const last = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (last.current === null || document.activeElement !== document.body) return
    list.current?.querySelector<HTMLElement>(`[data-check="${last.current}"] .tn-check-head > .tn-button`)?.focus()
    if (document.activeElement === document.body) list.current?.focus()
  })
  return (target) => {
    const row = target instanceof Element ? target.closest('[data-check]') : null
    last.current = row?.getAttribute('data-check') ?? null
  }
}
