import { usePart } from '../environment/use-part.ts'

export interface ProgressProps {
  /** One segment each, in order. */
  segments: readonly ('done' | 'active' | 'todo')[]
  /** The words beside the bar, such as `3 of 6 steps done`. */
  label: string
  className?: string
}

/** Progress in segments, always with its words. */
export function Progress({ segments, label, className }: ProgressProps) {
  const part = usePart()
  const done = segments.filter((segment) => segment === 'done').length
  return (
    <div {...part('progress', className)}>
      <progress className="tn-visually-hidden" max={segments.length} value={done} aria-label={label} />
      <span className="tn-progress-track" aria-hidden="true">
        {segments.map((segment, index) => (
          // Segments are a fixed sequence: the position is their identity.
          <span key={index} className="tn-progress-segment" data-state={segment} />
        ))}
      </span>
      <span className="tn-progress-label" aria-hidden="true">
        {label}
      </span>
    </div>
  )
}
