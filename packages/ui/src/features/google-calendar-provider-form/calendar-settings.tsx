import type { ConnectionStatus } from '@tenantry/sdk/model'
import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { calendarNameOf } from '../../elements/connection-card/calendar-name-of.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import { readCalendarValues } from './calendar-form-values.ts'
import type { CalendarSettingsProps } from './calendar-settings-props.ts'
import { CalendarFields } from './calendar-fields.tsx'
import { calendarSettingsMessages } from './calendar-settings.messages.ts'
import { ConnectAnother } from './connect-another.tsx'
import { describePastDays } from './describe-past-days.ts'

/** Which calendar, which way, how far back: a choice, or facts where nothing can be changed now. */
export function CalendarSettings({ connection, readOnly, onConnect, ...fields }: CalendarSettingsProps) {
  const { status } = connection.health
  if (readOnly || !answering.includes(status)) return <CalendarFacts connection={connection} />
  return (
    <>
      <CalendarFields connection={connection} {...fields} />
      {working.includes(status) && <ConnectAnother connection={connection} directions={fields.directions} onConnect={onConnect} />}
    </>
  )
}

// Google can be asked only with a sign-in that works.
const answering: readonly ConnectionStatus[] = ['connected', 'degraded', 'error', 'paused']
const working: readonly ConnectionStatus[] = ['connected', 'degraded', 'paused']

function CalendarFacts({ connection }: { connection: ConnectionSummary }) {
  const t = useMessages(calendarSettingsMessages)
  const { direction, pastDays } = readCalendarValues(connection)
  const facts = [
    [t('calendar'), calendarNameOf(connection, t('mainCalendar')) ?? t('notChosen')],
    [t('direction'), t(direction)],
    ...(direction === 'to_google' ? [] : [[t('pastDays'), describePastDays(pastDays, t)]]),
  ]
  return facts.map(([term, value]) => (
    <div key={term} className="tn-form-fact">
      <span className="tn-field-label">{term}</span>
      <Text size="small" tone="muted">
        <bdi>{value}</bdi>
      </Text>
    </div>
  ))
}
