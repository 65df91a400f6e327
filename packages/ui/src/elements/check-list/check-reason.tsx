import type { Check, CheckId } from '@tenantry/sdk/wire'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { usePartEnvironment } from '../../parts/environment/use-part.ts'
import { formatDate, formatUtc } from '../../parts/relative-time/format-time.ts'
import { useNow } from '../../parts/relative-time/use-now.ts'
import { Text } from '../../parts/text/text.tsx'
import { useFailureWords } from '../failure/index.ts'
import { checkListMessages } from './check-list.messages.ts'
import { compareValues } from './compare-values.ts'
import { isMoment } from './is-moment.ts'

const provenBySignIn: readonly CheckId[] = ['redirect_uris', 'admin_consent']

/** Why a check is as it is, and what to do. Nothing for one that passed without remark. */
export function CheckReason({ check }: { check: Check }) {
  const t = useMessages(checkListMessages)
  const say = useFailureWords()
  const values = useReadableValues(check.values)
  const { status, code } = check
  if (code === null) {
    const reason =
      status === 'skip' ? explainSkip(check, t) : status !== 'pass' && provenBySignIn.includes(check.id) ? t('notProven') : null
    return reason === null ? null : <Reason>{reason}</Reason>
  }
  const { title, detail, remedy } = say({ code, values })
  // Two addresses that differ by a character are compared line by line below, not in a sentence.
  const isCompared = 'expected' in values && compareValues(check).length > 0
  return (
    <>
      <Reason>{title}.</Reason>
      {status !== 'pass' && (
        <Text size="small" tone="muted" as="div">
          {/* As nodes: what a value holds is never read as markup. */}
          <>
            {!isCompared && detail} {remedy}
          </>
        </Text>
      )}
    </>
  )
}

function Reason({ children }: { children: ReactNode }) {
  return (
    <Text size="small" as="div">
      <>{children}</>
    </Text>
  )
}

function explainSkip({ id, blockedBy, facts }: Check, t: Translate<(typeof checkListMessages)['messages']>): string {
  if (blockedBy !== null) return t('skippedFor', { need: t(`need_${blockedBy}`) })
  switch (id) {
    case 'publishing':
      return t('provenByAge')
    case 'apis':
    case 'same_project':
      return t('provenByUse')
    case 'topic':
    case 'publisher':
    case 'subscription':
      return t(facts['notifications'] === 'polling' ? 'withoutNotifications' : facts['notifications'] === 'manual' ? 'byHand' : 'notSetUp')
    case 'watch':
    case 'delivery':
    case 'maintenance':
      return t('inactive')
    default:
      return t('skipped')
  }
}

/** Moments among the values as dates: in UTC on the server, then as the reader writes them. */
function useReadableValues(values: Check['values']): Check['values'] {
  const { timeZone } = usePartEnvironment()
  const { locale } = useMessages(checkListMessages)
  const mounted = useNow() !== null
  const read = (text: string) => (mounted ? formatDate(text, locale, timeZone, true) : formatUtc(text))
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isMoment(value) ? read(value) : value]))
}
