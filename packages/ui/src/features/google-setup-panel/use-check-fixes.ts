import type { CheckId } from '@tenantry/sdk/wire'
import { useState } from 'react'
import { useProvisioning } from '../../data/use-provisioning.ts'
import type { CheckListProps } from '../../elements/check-list/index.ts'
import { useSetupModel } from './setup-context.ts'
import { checksFor, setupStepIds } from './setup-step.ts'

/** What the panel can do about a check: set up notifications again, or open the step that holds what is wrong. */
export function useCheckFixes(): Required<Pick<CheckListProps, 'actions' | 'work'>> {
  const { status, test, runChecks, setOpenStep, reportFailure } = useSetupModel()
  const provision = useProvisioning(false)
  const [pressed, setPressed] = useState<CheckId | null>(null)
  const stepOfCheck = (id: CheckId) => setupStepIds.find((step) => checksFor(step, test.data).some((check) => check.id === id))
  return {
    work: pressed === null ? {} : { [pressed]: { fix: provision.isPending ? 'running' : undefined, error: provision.error ?? undefined } },
    actions: {
      canFix: ({ id }) => (id === 'provision' && status.permissions.save) || id === 'open_setup',
      fix(check, { id }) {
        if (id !== 'provision') return setOpenStep(stepOfCheck(check.id) ?? 'project')
        setPressed(check.id)
        provision.run().then(runChecks, reportFailure)
      },
    },
  }
}
