import type { RefObject } from 'react'
import { ForbiddenSetup, SetupFrame, SetupSteps, useLaterSteps, useSetupTexts } from '../../elements/setup-panel/index.ts'
import { CardSection } from '../../parts/card/card.tsx'
import { Text } from '../../parts/text/text.tsx'
import { GoogleDangerZone } from './danger-zone.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupModel } from './setup-context.ts'
import { SetupSummary } from './setup-summary.tsx'
import { StepContent } from './step-content.tsx'
import { summarizeStep } from './summarize-step.ts'

/** The panel with everything known: a summary for readers, the steps for those who may save. */
export function GoogleSetupPanelView({ frame }: { frame: RefObject<HTMLFormElement | null> }) {
  const { t, props, status, state } = useSetupModel()
  const shared = useSetupTexts()
  const mayWrite = props.readOnly !== true && status.permissions.save
  return (
    <SetupFrame {...frameOf(props, t)} state={state}>
      {mayWrite ? (
        <Steps frame={frame} />
      ) : (
        <CardSection>
          {status.permissions.save ? <Text tone="muted">{shared('readOnlyNote')}</Text> : <ForbiddenSetup messages={props.messages} />}
          <SetupSummary />
        </CardSection>
      )}
    </SetupFrame>
  )
}

const fetchSteps = () => import('./later-steps.ts')

function Steps({ frame }: { frame: RefObject<HTMLFormElement | null> }) {
  const model = useSetupModel()
  const { t, props, steps, openStep, state } = model
  const later = useLaterSteps(fetchSteps)
  return (
    <SetupSteps
      frame={frame}
      label={t('stepsLabel')}
      headingLevel={props.headingLevel ?? 2}
      openStep={openStep}
      onOpenChange={model.setOpenStep}
      note={state !== 'ready' && `${t('timeNote')} ${t('tabsNote')}`}
      steps={steps.map((step) => ({
        ...step,
        title: t(`${step.id === 'notifications' ? 'notify' : step.id}Title`),
        summary: summarizeStep(step.id, model),
        content: <StepContent id={step.id} later={later} />,
      }))}
      danger={<GoogleDangerZone />}
    />
  )
}
