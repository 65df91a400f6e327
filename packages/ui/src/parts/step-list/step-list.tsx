import { useId } from 'react'
import type { KeyboardEvent } from 'react'
import { usePart } from '../environment/use-part.ts'
import type { Step } from './step.ts'
import { StepRow } from './step-row.tsx'

export interface StepListProps<Id extends string> {
  steps: readonly Step<Id>[]
  /** The open step; a refetch of `steps` never changes it. */
  open: Id | null
  onOpenChange: (id: Id | null) => void
  /** The step to do now; default: the first that is `active`. */
  current?: Id
  /** Default 3. */
  headingLevel?: 2 | 3 | 4 | 5 | 6
  label: string
  className?: string
}

/** Steps as rows that open in place. Arrow keys, Home and End move between the headers. */
export function StepList<Id extends string>({ steps, open, onOpenChange, current, headingLevel = 3, label, className }: StepListProps<Id>) {
  const part = usePart()
  const id = useId()
  const currentId = current ?? steps.find((step) => step.state === 'active')?.id
  return (
    <ol {...part('step-list', className)} aria-label={label}>
      {steps.map((step, index) => (
        <StepRow
          key={step.id}
          step={step}
          id={`${id}-${step.id}`}
          number={index + 1}
          total={steps.length}
          open={step.id === open}
          current={step.id === currentId}
          headingLevel={headingLevel}
          onKeyDown={moveBetweenHeaders}
          onToggle={() => onOpenChange(step.id === open ? null : step.id)}
        />
      ))}
    </ol>
  )
}

function moveBetweenHeaders(event: KeyboardEvent<HTMLButtonElement>): void {
  const list = event.currentTarget.closest('ol')
  const headers = [...(list?.querySelectorAll<HTMLElement>(':scope > li > .tn-step-heading > button') ?? [])]
  const at = headers.indexOf(event.currentTarget)
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: headers.length - 1 }
  const next = headers[targets[event.key] ?? -1]
  if (!next) return
  event.preventDefault()
  next.focus()
}
