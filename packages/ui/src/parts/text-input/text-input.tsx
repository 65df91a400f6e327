import { forwardRef } from 'react'
import type { InputHTMLAttributes } from 'react'
import { usePart } from '../environment/use-part.ts'
import { useFieldWiring } from '../field/field-context.ts'

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Values a person copies or pastes: monospace, left to right. */
  code?: boolean
}

/** A one-line text input; takes id, description and validity from the Field around it. */
export const TextInput = forwardRef<HTMLInputElement, TextInputProps>(function TextInput(
  { code = false, className, type = 'text', ...rest },
  ref,
) {
  const part = usePart()
  const wiring = useFieldWiring()
  const plain = code && ({ dir: 'ltr', spellCheck: false, autoCapitalize: 'off', autoComplete: 'off', 'data-code': '' } as const)
  return <input ref={ref} type={type} {...part('input', className)} {...wiring} {...plain} {...rest} />
})
