import type { FieldFact } from '@tenantry/sdk/wire'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { useSetupTexts } from './setup-shell.ts'

/** What is known of a saved value, for people who may only look: the value or that there is one, when, and by whom. */
export function SavedFact({ fact, shown }: { fact: FieldFact; shown: string | null }) {
  const t = useSetupTexts()
  if (!fact.set) return t('factMissing')
  return (
    <>
      {shown === null ? t('factSaved') : <bdi>{shown}</bdi>}{' '}
      <span className="tn-setup-note">{t.rich('factAdded', { date: <CalendarDate iso={fact.updatedAt} />, person: fact.updatedBy })}</span>
    </>
  )
}
