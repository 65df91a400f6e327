import type { ComponentType } from 'react'
import { KnownSetup, SetupSteps } from '../../elements/setup-panel/index.ts'
import type { SetupShell } from '../../elements/setup-panel/index.ts'
import { MicrosoftDangerZone } from './danger-zone.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupModel } from './setup-context.ts'
import type { MicrosoftSetupStepId } from './setup-step.ts'
import { SetupSummary } from './setup-summary.tsx'
import { StepRegister } from './step-register.tsx'

/** The panel with everything known: a summary for readers, the steps for those who may save. */
export function MicrosoftSetupPanelView({ shell }: { shell: SetupShell }) {
  const { t, props, status, state } = useSetupModel()
  return (
    <KnownSetup
      shell={shell}
      frame={frameOf(props, t)}
      state={state}
      readOnly={props.readOnly}
      maySave={status.permissions.save}
      summary={<SetupSummary />}
    >
      <Steps />
    </KnownSetup>
  )
}

const fetchLater = (): Promise<Record<Exclude<MicrosoftSetupStepId, 'register'>, ComponentType>> => import('./later-steps.ts')

function Steps() {
  const { t, props, steps, openStep, setOpenStep, state, status } = useSetupModel()
  const summaries = { register: status.maskedClientId, secret: status.secretExpiresOn, permissions: null, verify: null }
  return (
    <SetupSteps
      label={t('stepsLabel')}
      headingLevel={props.headingLevel}
      openStep={openStep}
      onOpenChange={setOpenStep}
      note={state !== 'ready' && t('timeNote')}
      steps={steps.map((step) => ({
        ...step,
        title: t(`${step.id}Title`),
        summary: summaries[step.id] && <bdi dir="ltr">{summaries[step.id]}</bdi>,
      }))}
      first={<StepRegister />}
      fetchLater={fetchLater}
      danger={<MicrosoftDangerZone />}
    />
  )
}
