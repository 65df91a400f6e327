import type { ConnectionSummary, DisconnectInput } from '@tenantry/sdk/wire'
import type { FormEvent } from 'react'

/** A sign-in as the form shows it. */
export interface SignInModel {
  readonly status: 'idle' | 'opening' | 'waiting' | 'blocked' | 'window_gone' | 'done' | 'failed'
  readonly flow: { readonly redirectUri: string | null; readonly clientId: string | null } | null
  readonly inAppBrowser: boolean
  readonly focusWindow: () => void
  readonly cancel: () => void
  readonly retryInThisTab: () => void
}

interface Action {
  readonly isPending: boolean
}

interface EndingAction extends Action {
  readonly error: Error | null
  /** Forgets how the last one ended. */
  readonly reset: () => void
}

/** Everything a connection's form shows and does. */
export interface ConnectionFormModel<App = unknown> {
  readonly server: {
    /** The tenant's own app; `undefined` where the person may not read it. */
    readonly app: App | undefined
    readonly setup: 'ready' | 'missing' | 'unknown'
    readonly canSetUp: boolean
    readonly connection: ConnectionSummary | undefined
    readonly isLoading: boolean
    readonly loadError: Error | null
    readonly retryLoad: () => void
    readonly staleSince: string | null
    readonly signIn: SignInModel
    readonly actions: { readonly update: Action; readonly disconnect: EndingAction; readonly sync: Action; readonly repair: Action }
  }
  readonly isDirty: boolean
  readonly isSaved: boolean
  /** What went wrong and stands at no field. */
  readonly actionError: Error | null
  readonly signInError: Error | null
  readonly submit: (event: FormEvent) => void
  /** What was chosen holds once somebody has signed in again. */
  readonly needsSignIn: boolean
  /** With settings: a sign-in that brings them. */
  readonly reconnect: (settings?: Readonly<Record<string, unknown>>) => void
  /** Settings that hold at once, whatever else was typed. */
  readonly change: (settings: Readonly<Record<string, unknown>>) => Promise<void>
  readonly disconnect: (input: DisconnectInput) => Promise<void>
  readonly resume: () => Promise<void>
  readonly syncNow: () => Promise<void>
  /** Opens the push pipe anew. */
  readonly repair: () => Promise<void>
}

/** Where the host keeps the setup panel. */
export interface SetupWay {
  readonly setupHref?: string | undefined
  readonly onOpenSetup?: (() => void) | undefined
}
