import { Suspense } from 'react'
import {
  connectionCardMessages,
  ConnectionMenu,
  ConnectionName,
  EndingDialogGate,
  nameOfPrimary,
  readRenewalTone,
  readShownStatus,
  sayDelivery,
  sayLastItem,
  StatusChip,
  useConnectionEntry,
} from '../../elements/connection-card/index.ts'
import type { ConnectionEntryOptions } from '../../elements/connection-card/index.ts'
import { setupWayOf } from '../../elements/connection-card/setup-way.ts'
import { VendorWords } from '../../elements/failure/vendor-words.tsx'
import { useFailureWords } from '../../elements/failure/index.ts'
import { kindOf } from '../../elements/provider-kind/provider-kind.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { useVendor, VendorScope } from '../../locales/vendor.tsx'
import { Button } from '../../parts/button/button.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { RelativeTime } from '../../parts/relative-time/relative-time.tsx'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { tableRoles } from './table-roles.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

const loadNotice = () => import('../../elements/connection-card/connection-notice.tsx')
const GoodbyeNote = lazyPart(async () => (await loadNotice()).GoodbyeNote)
const ConnectionOutcome = lazyPart(async () => (await loadNotice()).ConnectionOutcome)
const ConnectionSignIn = lazyPart(async () => (await loadNotice()).ConnectionSignIn)

/** One connection as a table row; what is going on with it stands in a row below. */
export function ConnectionRow(props: ConnectionEntryOptions) {
  return (
    <VendorScope vendor={kindOf(props.connection.provider).vendor ?? 'google'}>
      <VendorWords>
        <Row {...props} />
      </VendorWords>
    </VendorScope>
  )
}

function Row(props: ConnectionEntryOptions) {
  const { connection, model } = props
  const part = usePart()
  const t = useMessages(connectionCardMessages)
  const say = useFailureWords()
  const now = useNow()
  const entry = useConnectionEntry(props)
  const setupWay = setupWayOf(props, useVendor())
  const { health } = connection
  const { primary, condition, frame, asking } = entry
  const works = health.status === 'connected' || health.status === 'degraded'
  const tone = health.renewBy === null ? undefined : readRenewalTone(health.renewBy, now)
  const isSigningIn = model.signIn.status !== 'idle' && model.signIn.status !== 'done'
  const hasOutcome = asking === null && (model.outcome !== null || model.signIn.status === 'done')
  return (
    <>
      <tr {...part('connection-row')} {...tableRoles.row} data-condition={condition}>
        <th scope="row" {...tableRoles.rowHeader}>
          <ConnectionName connection={connection} />
        </th>
        <td {...tableRoles.cell}>
          <StatusChip status={readShownStatus(health, condition)} />
          {health.reason !== null && condition !== 'disconnected' && (
            <div className="tn-connection-why">{say({ code: health.reason, values: health.values }).title}</div>
          )}
          {health.status === 'disconnected' && (health.reason !== null || connection.goodbye !== null) && (
            <Suspense fallback={null}>
              <div className="tn-connection-why">
                <GoodbyeNote connection={connection} />
              </div>
            </Suspense>
          )}
        </td>
        <td {...tableRoles.cell} className="tn-connection-extra">
          {sayLastItem(health, t)}
        </td>
        <td {...tableRoles.cell} className="tn-connection-extra">
          {works && sayDelivery(health, t)}
        </td>
        <td {...tableRoles.cell} className="tn-connection-extra" data-tone={tone}>
          {works && health.renewBy !== null && <RelativeTime iso={health.renewBy} />}
        </td>
        <td {...tableRoles.cell}>
          <div ref={frame} className="tn-connection-row-actions">
            {primary !== null && (
              <Button size="sm" busy={model.running === primary} onClick={() => entry.choose(primary)}>
                {t(nameOfPrimary(primary, condition))}
              </Button>
            )}
            <ConnectionMenu connection={connection} entry={entry} busy={model.running !== null} />
            <EndingDialogGate connection={connection} model={model} entry={entry} />
          </div>
        </td>
      </tr>
      {(isSigningIn || hasOutcome) && (
        <tr {...tableRoles.row}>
          <td {...tableRoles.cell} colSpan={6}>
            <Suspense fallback={null}>
              {isSigningIn ? (
                <ConnectionSignIn model={model} {...setupWay} />
              ) : (
                <LiveRegion hidden={false}>
                  <ConnectionOutcome connection={connection} model={model} />
                </LiveRegion>
              )}
            </Suspense>
          </td>
        </tr>
      )}
    </>
  )
}
