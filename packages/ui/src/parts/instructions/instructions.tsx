import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'

export interface InstructionsProps {
  /** One action each, in order. */
  items: readonly ReactNode[]
  className?: string
}

/** Numbered things to do elsewhere. */
export function Instructions({ items, className }: InstructionsProps) {
  const part = usePart()
  return (
    <ol {...part('instructions', className)}>
      {items.map((item, index) => (
        // Instructions are a fixed sequence: the position is their identity.
        <li key={index}>{item}</li>
      ))}
    </ol>
  )
}
