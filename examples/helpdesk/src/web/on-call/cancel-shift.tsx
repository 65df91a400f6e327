import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import type { Shift } from '../../server/on-call/shift.ts'
import { Dialog } from '../dialog.tsx'
import { Failure } from '../failure.tsx'
import { useWords } from '../preferences.tsx'
import { post, RequestError } from '../request.ts'
import { toDate } from './plan-week.ts'
import { useShiftWords } from './use-shift-words.ts'

interface CancelShiftProps {
  shift: Shift
  onClose: (isDone: boolean) => void
}

/** Asks before a shift is deleted in the calendar. */
export function CancelShift({ shift, onClose }: CancelShiftProps) {
  const t = useWords()
  const titleId = useId()
  const { sayDay } = useShiftWords()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post('/api/on-call/cancel', shift.cancellation),
    onSuccess: () => onClose(true),
  })
  // What is asked about is not there any more; it has to be looked at anew.
  const isStale = error instanceof RequestError && error.code === 'event_changed'
  return (
    <Dialog labelledBy={titleId} onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          mutate()
        }}
      >
        <h2 id={titleId}>{t.cancelTitle}</h2>
        <p>
          <bdi>
            <strong>{shift.title || t.untitled}</strong>
          </bdi>
          , {sayDay(toDate(shift.start))}. {shift.repeats ? t.cancelOne : t.cancelHelp}
        </p>
        {error && <Failure error={error} />}
        <div className="form-foot">
          <button type="button" className="button" onClick={() => onClose(false)}>
            {isStale ? t.close : t.keepShift}
          </button>
          {!isStale && (
            <button className="button danger" disabled={isPending}>
              {t.cancelShift}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
