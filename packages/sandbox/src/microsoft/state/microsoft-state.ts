import type { Rotation } from '../../state/oauth-state.ts'
import type { SigningKeyState } from '../../state/signing-key-state.ts'
import type { EntraState } from './entra-state.ts'
import type { NotificationState, SubscriptionState } from './subscription-state.ts'
import type { RecipientState } from './recipient-state.ts'

/** Everything of Microsoft, as plain JSON. */
export interface MicrosoftState extends EntraState {
  signingKey: SigningKeyState | null
  rotation: Rotation
  recipients: RecipientState[]
  subscriptions: SubscriptionState[]
  notifications: NotificationState[]
}

/** A Microsoft without customers. */
export function createEmptyMicrosoftState(): MicrosoftState {
  return {
    signingKey: null,
    rotation: 'replace-keep-old',
    directories: [],
    apps: [],
    authorizations: [],
    codes: [],
    consents: [],
    refreshTokens: [],
    accessTokens: [],
    recipients: [],
    subscriptions: [],
    notifications: [],
  }
}
