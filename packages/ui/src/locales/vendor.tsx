import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'

/** Who signs people in: the vendors that the texts know by name. */
export type VendorId = 'google' | 'microsoft'

const names: Readonly<Record<VendorId, string>> = { google: 'Google', microsoft: 'Microsoft' }

const VendorContext = createContext<VendorId>('google')

/** Everything inside speaks of this vendor: `{vendor}` in its texts. Default Google. */
export function VendorScope({ vendor, children }: { vendor: VendorId; children: ReactNode }) {
  return <VendorContext.Provider value={vendor}>{children}</VendorContext.Provider>
}

/** The vendor in force. */
export function useVendor(): VendorId {
  return useContext(VendorContext)
}

/** As the vendor writes it, in every language. */
export function vendorName(vendor: VendorId): string {
  return names[vendor]
}
