import type { RefObject } from 'react'
import { ForbiddenSetup, SetupFrame, SetupSteps, useLaterSteps, useSetupTexts } from '../../elements/setup-panel/index.ts'
import { CardSection } from '../../parts/card/card.tsx'
import { Text } from '../../parts/text/text.tsx'
import { MicrosoftDangerZone } from './danger-zone.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupModel } from './setup-context.ts'
import { SetupSummary } from './setup-summary.tsx'
import { StepContent } from './step-content.tsx'

/** The panel with everything known: a summary for readers, the steps for those who may save. */
export function MicrosoftSetupPanelView({ frame }: { frame: RefObject<HTMLFormElement | null> }) {
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
  const { t, props, steps, openStep, setOpenStep, state, status } = useSetupModel()
  const later = useLaterSteps(fetchSteps)
  const summaries = { register: status.maskedClientId, secret: status.secretExpiresOn, permissions: null, verify: null }
  return (
    <SetupSteps
      frame={frame}
      label={t('stepsLabel')}
      headingLevel={props.headingLevel ?? 2}
      openStep={openStep}
      onOpenChange={setOpenStep}
      note={state !== 'ready' && t('timeNote')}
      steps={steps.map((step) => ({
        ...step,
        title: t(`${step.id}Title`),
        summary: summaries[step.id] ?? undefined,
        content: <StepContent id={step.id} later={later} />,
      }))}
      danger={<MicrosoftDangerZone />}
    />
  )
}
