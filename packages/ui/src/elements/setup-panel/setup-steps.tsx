import type { ReactNode } from 'react'
import { Progress } from '../../parts/progress/progress.tsx'
import type { StepState } from '../../parts/step-list/step.ts'
import { StepList } from '../../parts/step-list/step-list.tsx'
import { Text } from '../../parts/text/text.tsx'
import { LaterStep } from './later-step.tsx'
import { GoodbyeGate } from './reset-gate.tsx'
import { SaveBar } from './save-bar.tsx'
import { SaveOutcome } from './save-outcome.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'
import { useLaterSteps } from './use-later-steps.ts'
import type { StepContents } from './use-later-steps.ts'

export interface ShownStep<Id extends string> {
  readonly id: Id
  readonly state: StepState
  readonly isReachable: boolean
  readonly isComplete: boolean
  readonly title: string
  /** What was chosen in it, for its closed row. */
  readonly summary: ReactNode
}

export interface SetupStepsProps<Id extends string> {
  /** Names the list of steps. */
  label: string
  steps: readonly ShownStep<Id>[]
  /** Content of the first step, which comes with the panel. */
  first: ReactNode
  /** Fetches the content of the others; keep its identity stable. */
  fetchLater: () => Promise<StepContents>
  openStep: Id | null
  onOpenChange: (step: Id | null) => void
  /** Under the progress while there is something to do. */
  note: ReactNode
  /** Of the panel's title. Default 2. */
  headingLevel?: 1 | 2 | 3 | 4 | undefined
  /** After the steps: what a reset takes away. */
  danger: ReactNode
}

const stepLevels = { 1: 2, 2: 3, 3: 4, 4: 5 } as const

/** The form over all steps: how far it is, the steps, and what is pending. */
export function SetupSteps<Id extends string>(props: SetupStepsProps<Id>) {
  const { label, steps, first, fetchLater, openStep, onOpenChange, note, headingLevel = 2, danger } = props
  const { frame, layout, saving } = useSetupShell()
  const t = useSetupTexts()
  const later = useLaterSteps(fetchLater)
  const current = steps.find((step) => step.isReachable && !step.isComplete)?.id
  const done = steps.filter((step) => step.isComplete).length
  return (
    <form
      ref={frame}
      noValidate
      className="tn-setup-form"
      data-layout={layout}
      onSubmit={(event) => {
        event.preventDefault()
        void saving.save()
      }}
    >
      <GoodbyeGate />
      <div className="tn-setup-progress">
        <Progress
          segments={steps.map((step) => (step.isComplete ? 'done' : step.id === openStep ? 'active' : 'todo'))}
          label={t('progress', { done, total: steps.length })}
        />
        {note && (
          <Text size="small" tone="muted">
            {note}
          </Text>
        )}
      </div>
      <StepList
        label={label}
        headingLevel={stepLevels[headingLevel]}
        open={openStep}
        onOpenChange={(id) => onOpenChange(id as Id | null)}
        {...(current && { current })}
        steps={steps.map((step, at) => ({ ...step, content: at === 0 ? first : <LaterStep id={step.id} later={later} /> }))}
      />
      {danger}
      <SaveOutcome />
      <SaveBar />
    </form>
  )
}
