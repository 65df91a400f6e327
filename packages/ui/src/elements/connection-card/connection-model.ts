import type { ConnectionSummary, DisconnectInput } from '@tenantry/sdk/wire'
import type { SignInModel } from '../connection-form/connection-form-model.ts'
import type { ConnectionActionId } from './connection-action.ts'
import type { VendorSetupWay } from './setup-way.ts'

/** What the server does; the rest of the actions are the person's or the host's. */
type Command = Exclude<ConnectionActionId, 'reconnect' | 'edit' | 'diagnostics'>

/** One connection's sign-in and commands as its card shows them. */
export interface ConnectionModel {
  readonly signIn: SignInModel & { readonly error: Error | null }
  readonly running: Command | null
  readonly outcome: { readonly command: Command; readonly error: Error | null; readonly redriven?: number } | null
  /** `input` is for disconnecting. */
  readonly run: (command: Command, input?: DisconnectInput) => Promise<boolean>
  readonly reconnect: () => void
  readonly dismiss: () => void
}

/** What a card or row is told by whoever mounts it. */
export interface ConnectionEntryOptions extends VendorSetupWay {
  connection: ConnectionSummary
  model: ConnectionModel
  /** Default all that are possible. */
  actions?: readonly ConnectionActionId[] | undefined
  onOpen?: ((connection: ConnectionSummary) => void) | undefined
  onDiagnose?: ((connection: ConnectionSummary) => void) | undefined
  /** Told of each action that a person chose. */
  onAction?: ((action: ConnectionActionId, connection: ConnectionSummary) => void) | undefined
}
