import type { ComponentType } from 'react'
import { KnownSetup, SetupSteps } from '../../elements/setup-panel/index.ts'
import type { SetupShell } from '../../elements/setup-panel/index.ts'
import { GoogleDangerZone } from './danger-zone.tsx'
import { frameOf } from './frame-of.ts'
import { useSetupModel } from './setup-context.ts'
import type { GoogleSetupStepId } from './setup-step.ts'
import { SetupSummary } from './setup-summary.tsx'
import { StepProject } from './step-project.tsx'
import { summarizeStep } from './summarize-step.tsx'

/** The panel with everything known: a summary for readers, the steps for those who may save. */
export function GoogleSetupPanelView({ shell }: { shell: SetupShell }) {
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

const fetchLater = (): Promise<Record<Exclude<GoogleSetupStepId, 'project'>, ComponentType>> => import('./later-steps.ts')

function Steps() {
  const model = useSetupModel()
  const { t, props, steps, openStep, state } = model
  return (
    <SetupSteps
      label={t('stepsLabel')}
      headingLevel={props.headingLevel}
      openStep={openStep}
      onOpenChange={model.setOpenStep}
      note={state !== 'ready' && `${t('timeNote')} ${t('tabsNote')}`}
      steps={steps.map((step) => ({
        ...step,
        title: t(`${step.id === 'notifications' ? 'notify' : step.id}Title`),
        summary: summarizeStep(step.id, model),
      }))}
      first={<StepProject />}
      fetchLater={fetchLater}
      danger={<GoogleDangerZone />}
    />
  )
}
