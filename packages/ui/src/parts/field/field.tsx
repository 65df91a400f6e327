import { useId, useMemo } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../environment/use-part.ts'
import { FieldContext } from './field-context.ts'
import { fieldMessages } from './field.messages.ts'

export interface FieldProps {
  label: ReactNode
  /** One control: TextInput, Select or an own one that calls `useFieldWiring`. */
  children: ReactNode
  help?: ReactNode
  /** What happened and where to go. Replaces nothing: the help stays. */
  error?: ReactNode
  /** Worth knowing, blocks nothing: a warning or what a clean-up did. */
  notice?: ReactNode
  optional?: boolean
  disabled?: boolean
  /** Id of the control; generated when absent. */
  id?: string
  className?: string
}

/** Label, control, help and error, wired together for assistive technology. */
export function Field({ label, children, help, error, notice, optional = false, disabled = false, id, className }: FieldProps) {
  const part = usePart()
  const t = useMessages(fieldMessages)
  const generated = useId()
  const controlId = id ?? generated
  const notes = { help, notice, error }
  const describedBy = describe(controlId, notes)
  const invalid = Boolean(error)
  const wiring = useMemo(() => ({ id: controlId, describedBy, invalid, disabled }), [controlId, describedBy, invalid, disabled])
  return (
    <div {...part('field', className)} {...(invalid && { 'data-invalid': '' })} {...(disabled && { 'data-disabled': '' })}>
      <label {...part('field-label')} htmlFor={controlId}>
        {label}
        {optional && <span className="tn-field-optional"> ({t('optional')})</span>}
      </label>
      <FieldContext.Provider value={wiring}>{children}</FieldContext.Provider>
      <FieldNotes id={controlId} {...notes} />
    </div>
  )
}

interface Notes {
  help?: ReactNode
  notice?: ReactNode
  error?: ReactNode
}

/** Ids of the notes that are shown, for `aria-describedby`. */
export function describe(id: string, notes: Notes): string | undefined {
  const ids = (['help', 'notice', 'error'] as const).filter((kind) => notes[kind]).map((kind) => `${id}-${kind}`)
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** Help, notice and error under a control. The error region stands before it is filled, so that it is announced. */
export function FieldNotes({ id, help, notice, error }: Notes & { id: string }) {
  const part = usePart()
  return (
    <>
      {help && (
        <div id={`${id}-help`} {...part('field-help')}>
          {help}
        </div>
      )}
      <div aria-live="polite" className="tn-field-live">
        {notice && (
          <div id={`${id}-notice`} {...part('field-notice')}>
            {notice}
          </div>
        )}
        {error && (
          <div id={`${id}-error`} {...part('field-error')}>
            {error}
          </div>
        )}
      </div>
    </>
  )
}
