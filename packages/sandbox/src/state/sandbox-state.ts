import { createEmptyMicrosoftState } from '../microsoft/state/microsoft-state.ts'
import type { MicrosoftState } from '../microsoft/state/microsoft-state.ts'
import type { AccountState } from './account-state.ts'
import type { AccessTokenState, AuthorizationState, CodeState, ConsentState, RefreshTokenState, Rotation } from './oauth-state.ts'
import type { SubscriptionState, TopicState } from './pubsub-state.ts'
import type { ClientState, ProjectState, ServiceAccountState } from './project-state.ts'
import type { ChannelState, WatchState } from './watch-state.ts'
import type { SigningKeyState } from './signing-key-state.ts'

/** Everything the sandbox knows, as plain JSON: take it with `sandbox.snapshot()`, give it back as `options.state`. */
export interface SandboxState {
  version: 3
  /** Virtual time minus real time, in ms. */
  clockOffset: number
  /** The last number handed out; ids are derived from it. */
  sequence: number
  signingKey: SigningKeyState | null
  historyIdAs: 'string' | 'number'
  projects: ProjectState[]
  clients: ClientState[]
  serviceAccounts: ServiceAccountState[]
  accounts: AccountState[]
  authorizations: AuthorizationState[]
  codes: CodeState[]
  consents: ConsentState[]
  refreshTokens: RefreshTokenState[]
  rotation: Rotation
  accessTokens: AccessTokenState[]
  watches: WatchState[]
  channels: ChannelState[]
  /** Calendar channels end after so many ms at the latest; null: Google's own limits. */
  channelLife: number | null
  topics: TopicState[]
  subscriptions: SubscriptionState[]
  microsoft: MicrosoftState
}

/** A world without customers. */
export function createEmptyState(): SandboxState {
  return {
    version: 3,
    clockOffset: 0,
    sequence: 0,
    signingKey: null,
    historyIdAs: 'string',
    projects: [],
    clients: [],
    serviceAccounts: [],
    accounts: [],
    authorizations: [],
    codes: [],
    consents: [],
    refreshTokens: [],
    rotation: 'none',
    accessTokens: [],
    watches: [],
    channels: [],
    channelLife: null,
    topics: [],
    subscriptions: [],
    microsoft: createEmptyMicrosoftState(),
  }
}
