import type { FieldFact } from '@tenantry/sdk/wire'
import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import type { Definition } from '../../parts/definition-list/definition-list.tsx'
import { useSetupModel } from './setup-context.ts'
import type { PanelTexts } from './setup-context.ts'

/** What is set up, for people who may only look: facts with a date and a person, no fields. */
export function SetupSummary() {
  const { t, status } = useSetupModel()
  const { fields } = status
  const items: Definition[] = [
    { term: t('projectLabel'), value: withFact(t, fields.projectId, status.projectId) },
    ...(status.userType ? [{ term: t('sumUserType'), value: t(status.userType) }] : []),
    { term: t('clientIdLabel'), value: withFact(t, fields.clientId, status.maskedClientId) },
    { term: t('clientSecretLabel'), value: withFact(t, fields.clientSecret, null) },
    ...(status.calendarMode === 'separate'
      ? [
          { term: t('calendarClientIdLabel'), value: withFact(t, fields.calendarClientId, status.maskedCalendarClientId) },
          { term: t('calendarClientSecretLabel'), value: withFact(t, fields.calendarClientSecret, null) },
        ]
      : []),
    {
      term: t('sumNotifications'),
      value:
        status.notifications === 'managed' ? withFact(t, fields.serviceAccountKey, t('managedName')) : t(`${status.notifications}Name`),
    },
    ...(status.endingSignIns.length > 0
      ? [
          {
            term: t('sumEnding'),
            value: status.endingSignIns.map((signIn) => <EndingSignIn key={signIn.connectionId} {...signIn} />),
          } as const,
        ]
      : []),
  ]
  return <DefinitionList items={items} />
}

function EndingSignIn({ name, endsAt }: { name: string; endsAt: string }) {
  const { t } = useSetupModel()
  return <div>{t.rich('sumEndingOf', { name, date: <CalendarDate key="date" iso={endsAt} /> })}</div>
}

function withFact(t: PanelTexts, fact: FieldFact, shown: string | null) {
  if (!fact.set) return t('factMissing')
  return (
    <>
      {shown === null ? t('factSaved') : <bdi>{shown}</bdi>}{' '}
      <span className="tn-setup-note">{t.rich('factAdded', { date: <CalendarDate iso={fact.updatedAt} />, person: fact.updatedBy })}</span>
    </>
  )
}
