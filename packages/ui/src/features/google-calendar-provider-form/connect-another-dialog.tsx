import type { ConnectionSummary } from '@tenantry/sdk/wire'
import { useId, useRef } from 'react'
import { connectionFormMessages } from '../../elements/connection-form/index.ts'
import { FailureBlock } from '../../elements/failure/index.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { Field } from '../../parts/field/field.tsx'
import { Loading } from '../../parts/skeleton/skeleton.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import type { CalendarDirection, CalendarFormValues } from './calendar-form-values.ts'
import { CalendarList } from './calendar-list.tsx'
import { CalendarsSkeleton } from './calendars-skeleton.tsx'
import { useAnotherCalendar } from './another-calendar.controller.ts'

export interface ConnectAnotherDialogProps {
  connection: ConnectionSummary
  directions: readonly CalendarDirection[] | undefined
  onClose: (made?: { connection: ConnectionSummary; values: CalendarFormValues }) => void
}

/** Name and calendar of one more connection on the same sign-in. */
export function ConnectAnotherDialog({ connection, directions, onClose }: ConnectAnotherDialogProps) {
  const another = useAnotherCalendar(connection, directions, onClose)
  const { t, calendars, name, calendarId, isPending, isRetrying, retry } = another
  const shared = useMessages(connectionFormMessages)
  const formId = useId()
  const nameInput = useRef<HTMLInputElement>(null)
  const footer = (
    <>
      <Button onClick={() => onClose()}>{t('cancel')}</Button>
      <Button type="submit" form={formId} variant="primary" busy={another.isSending}>
        {t('connect')}
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('anotherTitle')}
      description={t.rich('anotherHelp', { address: connection.address ?? connection.name })}
      footer={footer}
      initialFocus={nameInput}
      dismissible={!another.isSending}
    >
      <form id={formId} className="tn-fields" noValidate onSubmit={another.submit}>
        <Field label={shared('name')} error={another.nameProblem && shared('nameProblem')}>
          <TextInput
            ref={nameInput}
            value={name}
            onChange={(event) => another.setName(event.target.value)}
            autoComplete="off"
            maxLength={200}
          />
        </Field>
        {calendars === undefined && !isPending ? (
          <FailureBlock error={another.error} onRetry={retry} startsAnew retrying={isRetrying} />
        ) : (
          <Loading busy={isPending} skeleton={<CalendarsSkeleton />}>
            {calendars && (
              <CalendarList
                calendars={calendars}
                value={calendarId}
                onChange={another.setCalendarId}
                error={another.calendarProblem}
                onLookAgain={retry}
                looking={isRetrying}
              />
            )}
          </Loading>
        )}
        {another.sendError !== null && <FailureBlock error={another.sendError} />}
      </form>
    </Dialog>
  )
}
