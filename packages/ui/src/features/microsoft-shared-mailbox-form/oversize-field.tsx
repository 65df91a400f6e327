import { useId } from 'react'
import type { Ref } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { describe, FieldNotes } from '../../parts/field/field.tsx'
import { mailboxChoicesMessages } from './mailbox-choices.messages.ts'
import type { MicrosoftSharedMailboxFormProps } from './mailbox-form-props.ts'
import type { Oversize } from './transport.ts'

export interface OversizeFieldProps {
  oversize: { readonly value: Oversize; readonly onChange: (value: Oversize) => void }
  /** Where the form puts the focus when the server refuses it. */
  box: Ref<HTMLInputElement>
  error: string | undefined
  readOnly: boolean
  messages: MicrosoftSharedMailboxFormProps['messages']
}

/** Whether SMTP sends what Graph does not take. */
export function OversizeField({ oversize, box, error, readOnly, messages }: OversizeFieldProps) {
  const t = useMessages(mailboxChoicesMessages, messages)
  const id = useId()
  const notes = { help: t('oversizeHelp'), error }
  return (
    <div className="tn-field">
      <Checkbox
        ref={box}
        label={t('oversize')}
        checked={oversize.value === 'smtp'}
        onChange={(event) => oversize.onChange(event.target.checked ? 'smtp' : 'refuse')}
        disabled={readOnly}
        aria-describedby={describe(id, notes)}
        aria-invalid={error !== undefined}
      />
      <FieldNotes id={id} {...notes} />
    </div>
  )
}
