import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import { ConnectionForm, NameField } from '../../elements/connection-form/index.ts'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import { readCalendarValues } from './calendar-form-values.ts'
import type { CalendarFormValues } from './calendar-form-values.ts'
import { googleCalendarProviderFormMessages } from './google-calendar-provider-form.messages.ts'
import type { GoogleCalendarProviderFormProps } from './calendar-form-props.ts'

export interface GoogleCalendarProviderFormViewProps extends GoogleCalendarProviderFormProps {
  model: ConnectionFormModel
  control: Control<CalendarFormValues>
  register: UseFormRegister<CalendarFormValues>
  errors: FieldErrors<CalendarFormValues>
}

/** Google Calendar's fields in the frame that all connection forms share. */
export function GoogleCalendarProviderFormView(props: GoogleCalendarProviderFormViewProps) {
  const { model, control, register, errors, extraFields, messages, setupHref, onOpenSetup, onCancel } = props
  const { headingLevel, className, classNames } = props
  const t = useMessages(googleCalendarProviderFormMessages, messages)
  const { connection } = model.server
  const words = {
    title: t('title'),
    subtitle: t('subtitle'),
    lastItem: t('lastItem'),
    instant: t('instant'),
    taskWatch: t('taskWatch'),
    notAnnounced: t('notAnnounced'),
    notLost: t('notLost'),
  }
  const frame = { setupHref, onOpenSetup, onCancel, headingLevel, className, classNames }
  return (
    <ConnectionForm part="google-calendar-provider-form" service="calendar" model={model} words={words} {...frame}>
      <NameField registration={register('name')} error={errors.name?.message} readOnly={connection?.permissions.update === false} />
      <div className="tn-form-fact">
        <span className="tn-field-label">{t('calendar')}</span>
        <Text size="small" tone="muted">
          {connection === undefined
            ? t.rich('mainCalendarBefore')
            : nameOfCalendar(readCalendarValues(connection).calendarId, t('mainCalendar'))}
        </Text>
      </div>
      {extraFields?.({ control })}
    </ConnectionForm>
  )
}

function nameOfCalendar(calendarId: string, mainCalendar: string): string {
  return calendarId === 'primary' ? mainCalendar : calendarId
}
