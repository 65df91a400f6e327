import { forwardRef, useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Checkbox } from '../checkbox/checkbox.tsx'
import { usePart } from '../environment/use-part.ts'
import { describe, FieldNotes } from '../field/field.tsx'
import { LiveRegion } from '../live-region/live-region.tsx'
import { TextInput } from '../text-input/text-input.tsx'
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx'
import { checkboxListMessages } from './checkbox-list.messages.ts'

/** More than these are searched rather than read. */
const SEARCHABLE_FROM = 11

export interface CheckboxListOption {
  value: string
  /** The whole name: searched, and read out. */
  label: string
  /** What of the name stands above it already, for an option inside another; shown only while nothing is searched. */
  parent?: string
  /** How deep it stands inside others. */
  depth?: number
  /** Under the label: what is special about it. */
  note?: ReactNode
}

export interface CheckboxListProps {
  legend: ReactNode
  options: readonly CheckboxListOption[]
  values: readonly string[]
  onChange: (values: string[]) => void
  /** Instead of the options where there are none. */
  empty?: ReactNode
  help?: ReactNode
  error?: ReactNode
  disabled?: boolean
  className?: string
}

/** Several of many: checkboxes in a box that scrolls, with a search above when there are more than ten. Focus it through its ref. */
export const CheckboxList = forwardRef<HTMLFieldSetElement, CheckboxListProps>(function CheckboxList(props, ref) {
  const { legend, options, values, onChange, empty, help, error, disabled = false, className } = props
  const part = usePart()
  const t = useMessages(checkboxListMessages)
  const id = useId()
  const [text, setText] = useState('')
  const wanted = text.trim().toLocaleLowerCase()
  const shown = wanted === '' ? options : options.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
  const toggle = (value: string, isChecked: boolean) => onChange(isChecked ? [...values, value] : values.filter((other) => other !== value))
  return (
    <fieldset
      ref={ref}
      tabIndex={-1}
      {...part('checkbox-list', className)}
      disabled={disabled}
      aria-describedby={describe(id, { help, error })}
      {...(error && { 'data-invalid': '' })}
    >
      <legend className="tn-field-label">
        {legend} <span className="tn-checkbox-list-count">{t('chosen', { count: values.length })}</span>
      </legend>
      {options.length >= SEARCHABLE_FROM && (
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          // Enter looks for something; it does not send the form around us.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <div className="tn-checkbox-list-box">
        {shown.map(({ value, label, parent, depth = 0, note }) => (
          <div key={value} className="tn-checkbox-list-row" data-depth={wanted === '' ? Math.min(depth, DEEPEST) : 0}>
            <Checkbox
              label={
                wanted === '' && parent !== undefined ? (
                  <>
                    <VisuallyHidden>{parent}</VisuallyHidden>
                    <bdi>{label.slice(parent.length)}</bdi>
                  </>
                ) : (
                  <bdi>{label}</bdi>
                )
              }
              description={note}
              checked={values.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
          </div>
        ))}
        {shown.length === 0 && <div className="tn-checkbox-list-empty">{options.length === 0 ? empty : t('none')}</div>}
      </div>
      <LiveRegion>{wanted !== '' && (shown.length === 0 ? t('none') : t('found', { count: shown.length }))}</LiveRegion>
      <FieldNotes id={id} help={help} error={error} />
    </fieldset>
  )
})

// Deeper ones would leave no room for their names.
const DEEPEST = 4
