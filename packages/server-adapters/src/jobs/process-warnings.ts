import type { Logger } from '@tenantry/sdk/ports'

/** Where failures of the engine go when the host gave no logger. */
export const processWarnings: Logger = {
  log: (_, event, fields) => process.emitWarning(`${event} ${JSON.stringify(fields)}`, 'TenantryWarning'),
}
