import type { ReactNode } from 'react'
import type { SetupModel } from './setup-context.ts'
import type { GoogleSetupStepId } from './setup-step.ts'

/** What was chosen in a step, in a few words for its closed row. */
export function summarizeStep(id: GoogleSetupStepId, { t, values, status, services, modes, steps }: SetupModel): ReactNode {
  const isComplete = steps.find((step) => step.id === id)?.isComplete
  switch (id) {
    case 'project':
      return inItsDirection(values.projectId.trim())
    case 'apis':
      return isComplete ? services.flatMap((service) => (service === 'gmail' ? ['Gmail', 'Pub/Sub'] : ['Calendar'])).join(', ') : undefined
    case 'consent':
      if (status.endingSignIns.length > 0) return t('trapEnds')
      return values.userType ? t(values.userType) : undefined
    case 'client':
      return inItsDirection(status.maskedClientId)
    case 'notifications':
      return isComplete && modes.includes(values.notifications) ? t(`${values.notifications}Name`) : undefined
    case 'verify':
      return undefined
  }
}

// What a console shows is read from left to right in every language.
function inItsDirection(value: string | null): ReactNode {
  return value ? <bdi dir="ltr">{value}</bdi> : undefined
}
