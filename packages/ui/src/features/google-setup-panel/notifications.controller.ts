import type { Provisioning } from '@tenantry/sdk/wire'
import { useGoogleSetupScript } from '../../data/use-google-setup-script.ts'
import { useNotificationTest } from '../../data/use-notification-test.ts'
import { useProvisioning } from '../../data/use-provisioning.ts'
import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { notificationSetupMessages } from './notification-setup.messages.ts'
import { useSetupModel } from './setup-context.ts'

export type NotificationTexts = Translate<(typeof notificationSetupMessages)['messages']>

/** The step's own words. */
export function useNotificationTexts(): NotificationTexts {
  return useMessages(notificationSetupMessages, useSetupModel().props.messages)
}

/** Setting up Pub/Sub with the saved key, and how far that is. */
export function useManagedSetup(provisioning: Provisioning) {
  const { reportFailure } = useSetupModel()
  const { run, isPending, error } = useProvisioning(provisioning.state === 'working')
  return {
    isWorking: isPending || provisioning.state === 'working',
    /** Our own server's; what Google refused stands at its step. */
    error,
    run: () => void run().catch(reportFailure),
  }
}

/** The commands for Cloud Shell and the same for Terraform, with this tenant's names; not asked for before there is a project to name. */
export function useSetupScripts() {
  const { status } = useSetupModel()
  const enabled = status.projectId !== null
  const { data, error, refetch } = useGoogleSetupScript({ enabled, as: 'cloud_shell' })
  const { data: terraform } = useGoogleSetupScript({ enabled: enabled && data !== undefined, as: 'terraform' })
  return { script: data, terraform, error, retry: () => void refetch() }
}

/** A notification that proves the pipe. Names that a person made are handed to the server first, so that it knows what to expect. */
export function useDeliveryTest(provisioning: Provisioning) {
  const { status, reportFailure } = useSetupModel()
  const test = useNotificationTest({ lastReceivedAt: provisioning.lastReceivedAt, mustPrepare: status.notifications === 'manual' })
  return { ...test, run: () => void test.run().catch(reportFailure) }
}
