import { CalendarDate } from '../../parts/relative-time/calendar-date.tsx'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import type { Definition } from '../../parts/definition-list/definition-list.tsx'
import { SavedFact } from '../../elements/setup-panel/index.ts'
import { useSetupModel } from './setup-context.ts'

/** What is set up, for people who may only look: facts with a date and a person, no fields. */
export function SetupSummary() {
  const { t, status } = useSetupModel()
  const { fields } = status
  const items: Definition[] = [
    { term: t('projectLabel'), value: <SavedFact fact={fields.projectId} shown={status.projectId} /> },
    ...(status.userType ? [{ term: t('sumUserType'), value: t(status.userType) }] : []),
    { term: t('clientIdLabel'), value: <SavedFact fact={fields.clientId} shown={status.maskedClientId} /> },
    { term: t('clientSecretLabel'), value: <SavedFact fact={fields.clientSecret} shown={null} /> },
    ...(status.calendarMode === 'separate'
      ? [
          { term: t('calendarClientIdLabel'), value: <SavedFact fact={fields.calendarClientId} shown={status.maskedCalendarClientId} /> },
          { term: t('calendarClientSecretLabel'), value: <SavedFact fact={fields.calendarClientSecret} shown={null} /> },
        ]
      : []),
    {
      term: t('sumNotifications'),
      value:
        status.notifications === 'managed' ? (
          <SavedFact fact={fields.serviceAccountKey} shown={t('managedName')} />
        ) : (
          t(`${status.notifications}Name`)
        ),
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
