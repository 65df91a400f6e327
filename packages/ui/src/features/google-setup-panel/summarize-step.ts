import type { SetupModel } from './setup-context.ts'
import type { GoogleSetupStepId } from './setup-step.ts'

/** What was chosen in a step, in a few words for its closed row. */
export function summarizeStep(id: GoogleSetupStepId, { t, values, status, services, modes, steps }: SetupModel): string | undefined {
  const isComplete = steps.find((step) => step.id === id)?.isComplete
  switch (id) {
    case 'project':
      return values.projectId.trim() || undefined
    case 'apis':
      return isComplete ? services.flatMap((service) => (service === 'gmail' ? ['Gmail', 'Pub/Sub'] : ['Calendar'])).join(', ') : undefined
    case 'consent':
      if (status.endingSignIns.length > 0) return t('trapEnds')
      return values.userType ? t(values.userType) : undefined
    case 'client':
      return status.maskedClientId ?? undefined
    case 'notifications':
      return isComplete && modes.includes(values.notifications) ? t(`${values.notifications}Name`) : undefined
    case 'verify':
      return undefined
  }
}
