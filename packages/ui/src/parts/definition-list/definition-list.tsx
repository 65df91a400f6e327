import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'

export interface Definition {
  term: string
  value: ReactNode
  tone?: 'warning' | 'danger'
}

export interface DefinitionListProps {
  items: readonly Definition[]
  className?: string
}

/** Terms and their values, one pair per line. */
export function DefinitionList({ items, className }: DefinitionListProps) {
  const part = usePart()
  return (
    <dl {...part('definition-list', className)}>
      {items.map((item) => (
        <div key={item.term} className="tn-definition" data-tone={item.tone}>
          <dt className="tn-term">{item.term}</dt>
          <dd className="tn-definition-value">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
