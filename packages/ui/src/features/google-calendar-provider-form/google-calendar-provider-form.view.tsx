import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { Suspense } from 'react'
import type { Control, FieldErrors, UseFormRegister } from 'react-hook-form'
import { ConnectionForm, NameField } from '../../elements/connection-form/index.ts'
import type { ConnectionFormModel } from '../../elements/connection-form/index.ts'
import { GoogleAppRow } from '../../elements/google-app-row/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Text } from '../../parts/text/text.tsx'
import type { CalendarFormValues } from './calendar-form-values.ts'
import { CalendarsSkeleton } from './calendars-skeleton.tsx'
import type { AskedSwitch } from './google-calendar-provider-form.controller.ts'
import { googleCalendarProviderFormMessages } from './google-calendar-provider-form.messages.ts'
import type { GoogleCalendarProviderFormProps } from './calendar-form-props.ts'
import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// A new form has no account to choose from.
const CalendarSettings = lazyPart(async () => (await import('./calendar-settings.tsx')).CalendarSettings)
const SwitchCalendarDialog = lazyPart(async () => (await import('./switch-calendar-dialog.tsx')).SwitchCalendarDialog)

export interface GoogleCalendarProviderFormViewProps extends GoogleCalendarProviderFormProps {
  model: ConnectionFormModel<GoogleSetupStatus>
  /** Another calendar that waits for the person's word. */
  asked: AskedSwitch | null
  control: Control<CalendarFormValues>
  register: UseFormRegister<CalendarFormValues>
  errors: FieldErrors<CalendarFormValues>
}

/** Google Calendar's fields in the frame that all connection forms share. */
export function GoogleCalendarProviderFormView(props: GoogleCalendarProviderFormViewProps) {
  const { model, asked, control, register, errors, extraFields, messages, setupHref, onOpenSetup, onCancel } = props
  const { defaults, directions, onConnect, headingLevel, className, classNames } = props
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
  const readOnly = connection?.permissions.update === false
  return (
    <>
      <ConnectionForm
        part="google-calendar-provider-form"
        appRow={<GoogleAppRow service="calendar" app={model.server.app} {...(model.server.canSetUp && { setupHref, onOpenSetup })} />}
        model={model}
        words={words}
        {...frame}
      >
        <NameField registration={register('name')} error={errors.name?.message} readOnly={readOnly} />
        {connection === undefined ? (
          <div className="tn-form-fact">
            <span className="tn-field-label">{t('calendar')}</span>
            <Text size="small" tone="muted">
              {defaults?.calendarId === 'primary' ? t.rich('mainCalendarBefore') : (defaults?.calendarId ?? t('chooseLater'))}
            </Text>
          </div>
        ) : (
          <Suspense fallback={<CalendarsSkeleton />}>
            <CalendarSettings
              connection={connection}
              control={control}
              register={register}
              errors={errors}
              directions={directions}
              readOnly={readOnly}
              onConnect={onConnect}
            />
          </Suspense>
        )}
        {extraFields?.({ control })}
      </ConnectionForm>
      {asked && (
        <Suspense fallback={null}>
          <SwitchCalendarDialog {...asked} />
        </Suspense>
      )}
    </>
  )
}
