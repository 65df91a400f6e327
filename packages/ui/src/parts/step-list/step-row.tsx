import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../environment/use-part.ts'
import type { IconName } from '../icon/icon-paths.ts'
import { Icon } from '../icon/icon.tsx'
import { VisuallyHidden } from '../visually-hidden/visually-hidden.tsx'
import type { Step, StepState } from './step.ts'
import { stepListMessages } from './step-list.messages.ts'

export interface StepRowProps {
  step: Step
  id: string
  number: number
  total: number
  open: boolean
  current: boolean
  headingLevel: 2 | 3 | 4 | 5 | 6
  onToggle: () => void
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void
}

const icons: Partial<Record<StepState, IconName>> = { done: 'check', verified: 'check', attention: 'alert', error: 'x-octagon' }

/** One row: number or mark, title, what was chosen; its content opens below. */
export function StepRow({ step, id, number, total, open, current, headingLevel, onToggle, onKeyDown }: StepRowProps) {
  const part = usePart()
  const t = useMessages(stepListMessages)
  // Once opened the content stays mounted, so that closing a row loses nothing that was typed in it.
  const [everOpen, setEverOpen] = useState(open)
  if (open && !everOpen) setEverOpen(true)
  const Heading = `h${headingLevel}` as const
  const icon = icons[step.state]
  return (
    <li {...part('step')} data-state={step.state} {...(open && { 'data-open': '' })} aria-current={current ? 'step' : undefined}>
      <Heading className="tn-step-heading">
        <button
          type="button"
          {...part('step-header')}
          id={`${id}-header`}
          aria-expanded={open}
          aria-controls={everOpen ? `${id}-body` : undefined}
          disabled={step.state === 'locked'}
          onClick={onToggle}
          onKeyDown={onKeyDown}
        >
          <span className="tn-step-mark" aria-hidden="true">
            {icon ? <Icon name={icon} /> : number}
          </span>
          <span {...part('step-title')}>
            <VisuallyHidden>{t('position', { number, total })}</VisuallyHidden> {step.title}
            <VisuallyHidden>, {t(step.state)}</VisuallyHidden>
          </span>{' '}
          <span {...part('step-summary')}>{step.summary}</span>
          <Icon name="chevron" />
        </button>
      </Heading>
      {everOpen && (
        <section {...part('step-body')} id={`${id}-body`} aria-labelledby={`${id}-header`} hidden={!open}>
          {step.content}
        </section>
      )}
    </li>
  )
}
