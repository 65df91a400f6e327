import type { VendorId } from '../../locales/vendor.tsx'
import type { IconName } from '../../parts/icon/icon-paths.ts'

/** What comes in through a provider; a host's own provider brings changes. */
export interface ProviderKind {
  readonly brings: 'mail' | 'changes'
  readonly icon: IconName
  /** Whose part in it can be named; `null` for a host's own. */
  readonly vendor: VendorId | null
  /** Whoever signs in does so for a mailbox that is not their own. */
  readonly isShared: boolean
}

const kinds: Readonly<Record<string, ProviderKind>> = {
  gmail: { brings: 'mail', icon: 'mail', vendor: 'google', isShared: false },
  'google-calendar': { brings: 'changes', icon: 'calendar', vendor: 'google', isShared: false },
  'microsoft-shared-mailbox': { brings: 'mail', icon: 'mail', vendor: 'microsoft', isShared: true },
}

const ownKind: ProviderKind = { brings: 'changes', icon: 'plug', vendor: null, isShared: false }

/** By the provider's name. */
export function kindOf(provider: string): ProviderKind {
  return Object.hasOwn(kinds, provider) ? (kinds[provider] ?? ownKind) : ownKind
}
