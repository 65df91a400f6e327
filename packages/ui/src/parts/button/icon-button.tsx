import { forwardRef } from 'react'
import type { IconName } from '../icon/icon-paths.ts'
import { Button } from './button.tsx'
import type { ButtonProps } from './button.tsx'

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon'> {
  icon: IconName
  /** The button's name, also shown as its title. */
  label: string
}

/** A button that shows only an icon. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton({ label, variant = 'quiet', ...rest }, ref) {
  return <Button ref={ref} variant={variant} aria-label={label} title={label} data-icon-only="" {...rest} />
})
