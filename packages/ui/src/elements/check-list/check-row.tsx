import type { Check, CheckId } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { useVendor } from '../../locales/vendor.tsx'
import { IconButton } from '../../parts/button/icon-button.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import type { IconName } from '../../parts/icon/icon-paths.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { MicrosoftRequestId, toFailure, useFailureWords } from '../failure/index.ts'
import type { CheckActions, CheckWork } from './check-actions.ts'
import { CheckFacts } from './check-facts.tsx'
import { CheckFix } from './check-fix.tsx'
import { checkListMessages } from './check-list.messages.ts'
import { CheckReason } from './check-reason.tsx'
import { compareValues } from './compare-values.ts'
import { isUnknown } from './is-unknown.ts'

type RowStatus = Check['status'] | 'unknown' | 'checking' | 'pending'

const icons: Readonly<Record<RowStatus, IconName>> = {
  pass: 'check-circle',
  warn: 'alert',
  fail: 'x-octagon',
  skip: 'minus',
  unknown: 'question',
  checking: 'spinner',
  pending: 'ring-dashed',
}

export interface CheckRowProps {
  check: Check
  work?: CheckWork | undefined
  actions?: CheckActions | undefined
}

const idle: CheckWork = {}
const nothingToDo: CheckActions = {}

/** One check: state in icon and word, what it means, both values where they differ, and the way to mend it. */
export function CheckRow({ check, work = idle, actions = nothingToDo }: CheckRowProps) {
  const t = useMessages(checkListMessages)
  const name = useCheckName(check.id)
  const rows = compareValues(check).map(({ side, value }) => ({ value, what: t(`${side}Of`, { check: name }), label: t(side) }))
  const { rerun } = actions
  return (
    <Row
      id={check.id}
      status={work.checking ? 'checking' : isUnknown(check) ? 'unknown' : check.status}
      aside={
        rerun && (
          <IconButton
            size="sm"
            icon="refresh"
            label={t('again', { check: name })}
            {...(work.checking && { 'aria-disabled': true })}
            onClick={() => work.checking || rerun([check.id])}
          />
        )
      }
    >
      <CheckReason check={check} />
      <MicrosoftRequestId values={check.values} />
      {rows.length > 0 && <CopyBox rows={rows} />}
      {work.error !== undefined && <CheckTrouble error={work.error} />}
      <CheckFix check={check} name={name} work={work} actions={actions} />
      {Object.keys(check.facts).length > 0 && <CheckFacts check={check} name={name} />}
    </Row>
  )
}

/** A check that nothing is known of yet, in the place where it will stand. */
export function ExpectedCheckRow({ id, status }: { id: CheckId; status: 'checking' | 'pending' }) {
  return <Row id={id} status={status} />
}

function Row({ id, status, aside, children }: { id: CheckId; status: RowStatus; aside?: ReactNode; children?: ReactNode }) {
  const part = usePart()
  const t = useMessages(checkListMessages)
  const name = useCheckName(id)
  return (
    <li {...part('check')} data-status={status} data-check={id}>
      <Icon name={icons[status]} />
      <div className="tn-check-body">
        <div className="tn-check-head">
          <span className="tn-check-title">
            <strong className="tn-strong">{name}</strong> <span className="tn-check-word">{t(status)}</span>
          </span>
          {aside}
        </div>
        {children}
      </div>
    </li>
  )
}

/** Each vendor's pipe has a name of its own. */
function useCheckName(id: CheckId): string {
  const t = useMessages(checkListMessages)
  const vendor = useVendor()
  return t(id === 'watch' && vendor === 'microsoft' ? 'microsoftWatch' : id)
}

function CheckTrouble({ error }: { error: unknown }) {
  const say = useFailureWords()
  const { title, remedy } = say(toFailure(error))
  return (
    <div className="tn-check-trouble" role="alert">
      {title}. {remedy}
    </div>
  )
}
