import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'

export interface LiveRegionProps {
  /** What to announce; keep the region mounted and change its content. */
  children: ReactNode
  /** Default true: heard, not seen. */
  hidden?: boolean
  urgent?: boolean
  className?: string
}

/** Announces changes to assistive technology. */
export function LiveRegion({ children, hidden = true, urgent = false, className }: LiveRegionProps) {
  const part = usePart()
  return (
    <div {...part('live-region', [hidden && 'tn-visually-hidden', className].filter(Boolean).join(' '))} role={urgent ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
