import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../environment/use-part.ts'
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx'
import { skeletonMessages } from './skeleton.messages.ts'
import { useSteadyBusy } from './use-steady-busy.ts'

export interface SkeletonProps {
  /** The size of what comes: a line of text, a chip, an input, a step row, a block. */
  shape?: 'text' | 'chip' | 'control' | 'row' | 'block'
  count?: number
}

/** Grey shapes in the size of what is coming. Decorative: wrap them in Loading. */
export function Skeleton({ shape = 'text', count = 1 }: SkeletonProps) {
  const part = usePart()
  return Array.from({ length: count }, (_, index) => <span key={index} {...part('skeleton')} data-shape={shape} aria-hidden="true" />)
}

export interface LoadingProps {
  busy: boolean
  /** Skeletons; they take their place at once and show after 150 ms. */
  skeleton: ReactNode
  children: ReactNode
}

/** Content, or its skeleton while it loads: invisible for 150 ms, then shown for at least 300 ms. */
export function Loading({ busy, skeleton, children }: LoadingProps) {
  const part = usePart()
  const t = useMessages(skeletonMessages)
  const shown = useSteadyBusy(busy)
  if (!busy && !shown) return children
  return (
    <div {...part('loading')} aria-busy="true" data-state={shown ? 'shown' : 'waiting'}>
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {skeleton}
    </div>
  )
}
