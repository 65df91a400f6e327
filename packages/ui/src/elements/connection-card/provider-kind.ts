import type { IconName } from '../../parts/icon/icon-paths.ts'

/** What comes in through a provider; a host's own provider brings changes. */
export interface ProviderKind {
  readonly brings: 'mail' | 'changes'
  readonly icon: IconName
  /** Google's part in it can be named. */
  readonly isGoogle: boolean
}

const kinds: Readonly<Record<string, ProviderKind>> = {
  gmail: { brings: 'mail', icon: 'mail', isGoogle: true },
  'google-calendar': { brings: 'changes', icon: 'calendar', isGoogle: true },
}

const ownKind: ProviderKind = { brings: 'changes', icon: 'plug', isGoogle: false }

/** By the provider's name. */
export function kindOf(provider: string): ProviderKind {
  return Object.hasOwn(kinds, provider) ? (kinds[provider] ?? ownKind) : ownKind
}
