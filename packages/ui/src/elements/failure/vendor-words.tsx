import type { ReactNode } from 'react'
import { useVendor } from '../../locales/vendor.tsx'
import { microsoftWords } from './microsoft-words.messages.ts'
import { OwnWordsContext } from './own-words.ts'

/** Failures inside are said in the vendor's own words where it has some. Stands in what loads with the first failure. */
export function VendorWords({ children }: { children: ReactNode }) {
  const vendor = useVendor()
  return <OwnWordsContext.Provider value={vendor === 'microsoft' ? microsoftWords : null}>{children}</OwnWordsContext.Provider>
}
