import type { RefObject } from 'react'
import { Callout } from '../../parts/callout/callout.tsx'
import { CardSection } from '../../parts/card/card.tsx'
import { Progress } from '../../parts/progress/progress.tsx'
import { StepList } from '../../parts/step-list/step-list.tsx'
import { Text } from '../../parts/text/text.tsx'
import { DangerZone } from './danger-zone.tsx'
import { GoodbyeGate } from './reset-gate.tsx'
import { SaveBar } from './save-bar.tsx'
import { SaveOutcome } from './save-outcome.tsx'
import { useSetupModel } from './setup-context.ts'
import { SetupFrame } from './setup-frame.tsx'
import { SetupSummary } from './setup-summary.tsx'
import { StepContent } from './step-content.tsx'
import { summarizeStep } from './summarize-step.ts'
import { useLaterSteps } from './use-later-steps.ts'

/** The panel with everything known: a summary for readers, the steps for those who may save. */
export function GoogleSetupPanelView({ frame }: { frame: RefObject<HTMLFormElement | null> }) {
  const { t, props, status, state } = useSetupModel()
  const mayWrite = props.readOnly !== true && status.permissions.save
  return (
    <SetupFrame props={props} t={t} state={state}>
      {mayWrite ? (
        <SetupSteps frame={frame} />
      ) : (
        <CardSection>
          {status.permissions.save ? (
            <Text tone="muted">{t('readOnlyNote')}</Text>
          ) : (
            <Callout tone="neutral" title={t('forbiddenTitle')}>
              {t('forbidden', { permission: t('permission') })}
            </Callout>
          )}
          <SetupSummary />
        </CardSection>
      )}
    </SetupFrame>
  )
}

function SetupSteps({ frame }: { frame: RefObject<HTMLFormElement | null> }) {
  const model = useSetupModel()
  const { t, props, steps, openStep, state, saving } = model
  const later = useLaterSteps()
  const current = steps.find((step) => step.isReachable && !step.isComplete)?.id
  const done = steps.filter((step) => step.isComplete).length
  return (
    <form
      ref={frame}
      noValidate
      className="tn-setup-form"
      data-layout={props.layout ?? 'checklist'}
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
        {state !== 'ready' && (
          <Text size="small" tone="muted">
            {t('timeNote')} {t('tabsNote')}
          </Text>
        )}
      </div>
      <StepList
        label={t('stepsLabel')}
        headingLevel={stepLevels[props.headingLevel ?? 2]}
        open={openStep}
        onOpenChange={model.setOpenStep}
        {...(current && { current })}
        steps={steps.map(({ id, state: stepState }) => ({
          id,
          state: stepState,
          title: t(`${id === 'notifications' ? 'notify' : id}Title`),
          summary: summarizeStep(id, model),
          content: <StepContent id={id} later={later} />,
        }))}
      />
      <DangerZone />
      <SaveOutcome />
      <SaveBar />
    </form>
  )
}

const stepLevels = { 1: 2, 2: 3, 3: 4, 4: 5 } as const
