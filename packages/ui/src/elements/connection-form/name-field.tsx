import type { ReactNode } from 'react'
import type { UseFormRegisterReturn } from 'react-hook-form'
import { useMessages } from '../../locales/use-messages.ts'
import { Field } from '../../parts/field/field.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
import { connectionFormMessages } from './connection-form.messages.ts'

export interface NameFieldProps {
  registration: UseFormRegisterReturn
  error: ReactNode
  readOnly: boolean
}

/** What people call the connection. */
export function NameField({ registration, error, readOnly }: NameFieldProps) {
  const t = useMessages(connectionFormMessages)
  return (
    <Field label={t('name')} help={t('nameHelp')} error={error}>
      <TextInput {...registration} readOnly={readOnly} autoComplete="off" maxLength={200} />
    </Field>
  )
}
