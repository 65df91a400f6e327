import { useId } from 'react'
import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'
import { describe, FieldNotes } from '../field/field.tsx'

export interface RadioOption<Value extends string> {
  value: Value
  label: ReactNode
  /** One line under the label: what choosing it means. */
  description?: ReactNode
  disabled?: boolean
}

export interface RadioGroupProps<Value extends string> {
  legend: ReactNode
  /** The legend is for assistive technology only. */
  hideLegend?: boolean
  options: readonly RadioOption<Value>[]
  /** `null`: nothing chosen yet. */
  value: Value | null
  onChange: (value: Value) => void
  help?: ReactNode
  error?: ReactNode
  disabled?: boolean
  className?: string
}

/** Native radios drawn as cards: arrow keys move, the chosen card is marked by more than colour. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { legend, hideLegend = false, options, value, onChange, help, error, disabled = false, className } = props
  const part = usePart()
  const id = useId()
  return (
    <fieldset
      {...part('radio-group', className)}
      disabled={disabled}
      aria-describedby={describe(id, { help, error })}
      {...(error && { 'data-invalid': '' })}
    >
      <legend className={hideLegend ? 'tn-visually-hidden' : 'tn-field-label'}>{legend}</legend>
      <div className="tn-radio-cards">
        {options.map((option) => (
          <label key={option.value} {...part('radio-card')} data-state={option.value === value ? 'checked' : 'unchecked'}>
            <input
              type="radio"
              className="tn-radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={option.description ? `${id}-${option.value}-more` : undefined}
            />
            <span id={`${id}-${option.value}`} className="tn-choice-label">
              {option.label}
            </span>
            {option.description && (
              <span id={`${id}-${option.value}-more`} className="tn-choice-description">
                {option.description}
              </span>
            )}
          </label>
        ))}
      </div>
      <FieldNotes id={id} help={help} error={error} />
    </fieldset>
  )
}
