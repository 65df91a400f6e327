import { forwardRef, useId } from 'react'
import type { ForwardedRef, InputHTMLAttributes, ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  label: ReactNode
  description?: ReactNode
}

/** A checkbox with its label beside it. */
export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(props, ref) {
  return <Choice {...props} inputRef={ref} kind="checkbox" />
})

/** An on/off switch: a checkbox that takes effect where it stands. */
export const Switch = forwardRef<HTMLInputElement, CheckboxProps>(function Switch(props, ref) {
  return <Choice {...props} inputRef={ref} kind="switch" />
})

interface ChoiceProps extends CheckboxProps {
  kind: 'checkbox' | 'switch'
  inputRef: ForwardedRef<HTMLInputElement>
}

function Choice({ kind, inputRef, label, description, className, ...rest }: ChoiceProps) {
  const part = usePart()
  const id = useId()
  return (
    <label {...part('choice', className)}>
      <input
        ref={inputRef}
        type="checkbox"
        {...(kind === 'switch' && { role: 'switch' })}
        {...part(kind)}
        aria-labelledby={id}
        aria-describedby={description ? `${id}-more` : undefined}
        {...rest}
      />
      <span id={id} className="tn-choice-label">
        {label}
      </span>
      {description && (
        <span id={`${id}-more`} className="tn-choice-description">
          {description}
        </span>
      )}
    </label>
  )
}
