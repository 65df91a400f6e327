import type { CheckId } from '@tenantry/sdk/wire'

const connectionChecks: readonly CheckId[] = ['grant', 'scopes', 'watch', 'delivery', 'items', 'maintenance']
const setupChecks: readonly CheckId[] = [
  'base_url',
  'project_id',
  'client_pair',
  'redirect_uris',
  'publishing',
  'apis',
  'sa_key',
  'same_project',
  'topic',
  'publisher',
  'subscription',
]

/** The rows that hold the place of a report to come: those asked for, else what nearly every report has. */
export function expectChecks(isSetup: boolean, asked: readonly CheckId[] | undefined): readonly CheckId[] {
  return asked ?? (isSetup ? setupChecks : connectionChecks)
}
