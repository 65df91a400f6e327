import { forwardRef } from 'react'
import type { ButtonHTMLAttributes, MouseEvent } from 'react'
import { usePart } from '../environment/use-part.ts'
import type { IconName } from '../icon/icon-paths.ts'
import { Icon } from '../icon/icon.tsx'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Default `secondary`. One `primary` in view; `danger` only where an action is confirmed. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'sm' | 'md'
  /** Work is under way: the button keeps its place and its focus, and ignores clicks. */
  busy?: boolean
  icon?: IconName
}

/** A push button. `type` is `button` unless said otherwise, so that it never submits a host's form by accident. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = 'secondary', size = 'md', busy = false, icon, type = 'button', className, onClick, children, ...rest },
  ref,
) {
  const part = usePart()
  const shown: IconName | undefined = busy ? 'spinner' : icon
  const press = (event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event))
  return (
    <button
      ref={ref}
      type={type}
      {...part('button', className)}
      data-variant={variant}
      data-size={size}
      {...(busy && { 'data-busy': '', 'aria-busy': true, 'aria-disabled': true })}
      onClick={press}
      {...rest}
    >
      {shown && <Icon name={shown} />}
      {children}
    </button>
  )
})
