import type { GoogleGateway } from '../../ports/index.ts'
import type { CheckDefinition, CheckOutcome } from '../check.ts'
import type { ProviderCall } from '../provider.ts'
import { checkSameProject } from './check-project.ts'
import { checkPubSub } from './check-pubsub.ts'
import { resolveLabels } from './labels.ts'
import type { PushOptions } from './push/options.ts'
import { loadPushSetup } from './push/setup.ts'
import { parseGmailSettings } from './settings.ts'

/** The checks that only a Gmail connection has: its labels, and the way from Gmail through Pub/Sub to here. */
export function gmailChecks(google: GoogleGateway, call: ProviderCall, options: PushOptions): CheckDefinition[] {
  return [
    { id: 'labels', needs: 'grant', run: () => checkLabels(google, call) },
    { id: 'same_project', run: () => checkProject(call, options) },
    ...checkPubSub(google.pubsub, () => loadPushSetup(call, call.connection.tenantId, options)),
  ]
}

/** Importing everything instead would import what the tenant left out, so a label that is gone stops the import. */
async function checkLabels(google: GoogleGateway, call: ProviderCall): Promise<CheckOutcome> {
  const settings = parseGmailSettings(call.connection.settings)
  const found = await resolveLabels(google, call, settings)
  return { facts: { labels: found.length, labelMode: settings.labelMode } }
}

async function checkProject(call: ProviderCall, options: PushOptions): Promise<CheckOutcome> {
  const { plan } = await loadPushSetup(call, call.connection.tenantId, options)
  const projectId = plan.mode === 'polling' ? null : plan.projectId
  const keyProjectId = plan.mode === 'managed' ? plan.key.project_id : null
  return checkSameProject({ store: call.store, now: call.clock.now() }, [call.connection], { projectId, clientId: null, keyProjectId })
}
