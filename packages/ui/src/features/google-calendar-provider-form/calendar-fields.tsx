import { FailureBlock } from '../../elements/failure/index.ts'
import { Field } from '../../parts/field/field.tsx'
import { Loading } from '../../parts/skeleton/skeleton.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { CalendarList } from './calendar-list.tsx'
import { useCalendarSettings } from './calendar-settings.controller.ts'
import type { CalendarSettingsProps } from './calendar-settings-props.ts'
import { CalendarsSkeleton } from './calendars-skeleton.tsx'
import { describePastDays } from './describe-past-days.ts'
import { DirectionField } from './direction-field.tsx'

export type CalendarFieldsProps = Omit<CalendarSettingsProps, 'readOnly' | 'onConnect'>

/** The choice of the calendar, and what depends on it. */
export function CalendarFields({ connection, control, register, errors, directions: offered }: CalendarFieldsProps) {
  const settings = useCalendarSettings(connection, control, offered)
  const { t, calendars, calendar, direction, directions, chosen, pastDays, isPending, error, retry, isRetrying } = settings
  if (calendars === undefined && !isPending) return <FailureBlock error={error} onRetry={retry} startsAnew retrying={isRetrying} />
  return (
    <Loading busy={isPending} skeleton={<CalendarsSkeleton />}>
      <div className="tn-fields">
        {calendars && (
          <CalendarList
            calendars={calendars}
            value={calendar.field.value}
            onChange={settings.choose}
            focusRef={calendar.field.ref}
            error={calendar.fieldState.error?.message}
            onLookAgain={retry}
            looking={isRetrying}
          />
        )}
        {calendars?.length !== 0 && (
          <>
            <DirectionField
              directions={directions}
              value={direction.field.value}
              onChange={direction.field.onChange}
              onlyView={chosen?.access === 'read'}
              error={direction.fieldState.error?.message}
            />
            {direction.field.value !== 'to_google' && (
              <Field label={t('pastDays')} help={describePastDays(pastDays, t)} error={errors.pastDays?.message}>
                <TextInput
                  {...register('pastDays', { valueAsNumber: true })}
                  type="number"
                  inputMode="numeric"
                  min={0}
                  max={365}
                  className="tn-past-days"
                />
              </Field>
            )}
          </>
        )}
      </div>
    </Loading>
  )
}
