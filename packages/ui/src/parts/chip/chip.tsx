import type { ReactNode } from 'react'
import type { Tone } from '../callout/callout.tsx'
import { usePart } from '../environment/use-part.ts'
import type { IconName } from '../icon/icon-paths.ts'
import { Icon } from '../icon/icon.tsx'

export interface ChipProps {
  tone?: Tone
  icon?: IconName
  children: ReactNode
  className?: string
}

/** A short state in words, with its icon. */
export function Chip({ tone = 'neutral', icon, children, className }: ChipProps) {
  const part = usePart()
  return (
    <span {...part('chip', className)} data-tone={tone}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}
