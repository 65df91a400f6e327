import type { VendorId } from '@tenantry/ui/connection-list'

export const integrationsPath = '/settings/integrations'

/** The id of a vendor's setup panel on the page. */
export const setupAnchor = (vendor: VendorId): string => `${vendor}-setup`

/** Where a vendor's setup panel is; also what a person sends to somebody who may set it up. */
export const setupHref = (vendor: VendorId): string => `${integrationsPath}#${setupAnchor(vendor)}`
