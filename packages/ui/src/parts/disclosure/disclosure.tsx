import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'
import { Icon } from '../icon/icon.tsx'

export interface DisclosureProps {
  summary: ReactNode
  children: ReactNode
  defaultOpen?: boolean
  /** When it was opened or closed. */
  onToggle?: (isOpen: boolean) => void
  className?: string
}

/** Details on demand: a native `<details>`, so it works before hydration and is found by page search. */
export function Disclosure({ summary, children, defaultOpen = false, onToggle, className }: DisclosureProps) {
  const part = usePart()
  return (
    <details {...part('disclosure', className)} open={defaultOpen} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary {...part('disclosure-summary')}>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div className="tn-disclosure-body">{children}</div>
    </details>
  )
}
