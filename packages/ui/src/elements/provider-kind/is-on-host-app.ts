import type { ConnectionSummary } from '@tenantry/sdk/wire'

/** Whether a connection signs in with an app of the host's, which nobody in the organization can mend. */
export const isOnHostApp = ({ settings }: Pick<ConnectionSummary, 'settings'>): boolean => settings['app'] === 'host'
