import { forwardRef } from 'react'
import type { SelectHTMLAttributes } from 'react'
import { usePart } from '../environment/use-part.ts'
import { useFieldWiring } from '../field/field-context.ts'
import { Icon } from '../icon/icon.tsx'

export type SelectProps = SelectHTMLAttributes<HTMLSelectElement>

/** A native select with `<option>` children; wired by the Field around it. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select({ className, children, ...rest }, ref) {
  const part = usePart()
  const wiring = useFieldWiring()
  return (
    <span className="tn-select-frame">
      <select ref={ref} {...part('select', className)} {...wiring} {...rest}>
        {children}
      </select>
      <Icon name="chevron" />
    </span>
  )
})
