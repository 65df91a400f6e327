import type { VendorId } from '../../locales/vendor.tsx'
import type { SetupWay } from '../connection-form/connection-form-model.ts'

/** Where the host keeps the setup panels, for what shows connections of every vendor. */
export interface VendorSetupWay {
  readonly setupHref?: string | ((vendor: VendorId) => string) | undefined
  readonly onOpenSetup?: ((vendor: VendorId) => void) | undefined
}

/** The way to one vendor's panel. */
export function setupWayOf({ setupHref, onOpenSetup }: VendorSetupWay, vendor: VendorId): Required<SetupWay> {
  return {
    setupHref: typeof setupHref === 'function' ? setupHref(vendor) : setupHref,
    onOpenSetup: onOpenSetup && (() => onOpenSetup(vendor)),
  }
}
