import { forwardRef } from 'react'
import type { TextareaHTMLAttributes } from 'react'
import { usePart } from '../environment/use-part.ts'
import { useFieldWiring } from '../field/field-context.ts'

export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  code?: boolean
}

/** A text input of several lines; wired like TextInput. */
export const TextArea = forwardRef<HTMLTextAreaElement, TextAreaProps>(function TextArea(
  { code = false, className, rows = 5, ...rest },
  ref,
) {
  const part = usePart()
  const wiring = useFieldWiring()
  const plain = code && ({ dir: 'ltr', spellCheck: false, autoCapitalize: 'off', autoComplete: 'off', 'data-code': '' } as const)
  return <textarea ref={ref} rows={rows} {...part('input', className)} {...wiring} {...plain} {...rest} />
})
