import type { GoogleGoodbye } from '@tenantry/sdk/wire'
import { createContext, useContext } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import type { MessageOverrides, Translate } from '../../locales/use-messages.ts'
import { setupPanelMessages } from './setup-panel.messages.ts'
import { setupResetMessages } from './setup-reset.messages.ts'

/** Overrides of what all setup panels say alike. */
export type SetupPanelOverrides = MessageOverrides<(typeof setupPanelMessages)['messages'] & (typeof setupResetMessages)['messages']>

/** How saving goes, as the panel shows it. */
export interface SavingModel {
  readonly isSaving: boolean
  /** Why the last save failed, when it was not about a field. */
  readonly failure: unknown
  /** Somebody else's settings are newer than what was typed here. */
  readonly isConflict: boolean
  readonly outcome: 'saved' | 'saved-reconnect' | 'invalid' | null
  save(): Promise<void>
  /** Shows the newest settings: with `keepText` under what was typed, else instead of it. */
  reload(keepText: boolean): Promise<void>
}

/** A reset under way, and how the last one ended. */
export interface ResetAction {
  readonly isPending: boolean
  readonly error: Error | null
  readonly data: { readonly disconnected: number } | undefined
  run(input: { credentials: 'keep' | 'delete' }): Promise<unknown>
  /** Forgets how the last one ended. */
  reset(): void
}

/** What the reset's dialog shows; `progress`: only how far the vendor was told of what has ended. */
export type ResetView = 'ask' | 'progress'

/** What the frame around a panel's steps shows and calls, whatever the vendor. */
export interface SetupShell {
  /** The form over the steps. */
  readonly frame: RefObject<HTMLFormElement | null>
  readonly messages: SetupPanelOverrides | undefined
  readonly layout: 'checklist' | 'wizard'
  readonly isDirty: boolean
  readonly saving: SavingModel
  /** Who saved last, by the newest settings that are known. */
  readonly newest: { readonly person: string; readonly at: string } | null
  discard(): void
  /** What to do after another app was saved, in words. */
  readonly savedReconnect: string
  /** How many live on the app. */
  readonly connections: number
  readonly onShowConnections: (() => void) | undefined
  /** How far the vendor was told of what the last reset ended, or a save, as it is now. */
  readonly goodbye: GoogleGoodbye | null
  openGoodbye(): void
  readonly reset: ResetAction
  /** `null`: the dialog is closed. */
  readonly resetView: ResetView | null
  closeReset(): void
  readonly steps: readonly { readonly id: string; readonly isReachable: boolean }[]
  /** Opens the step after this one, unless a value of this one is missing or wrong. */
  goNext(step: string): Promise<void>
  goBack(step: string): void
  renderStepExtra(step: string): ReactNode
  /** Id of a field's control. */
  fieldId(field: string): string
  /** Moves the focus into a field that is about to change its shape. */
  focusField(field: string): void
  /** A step has come on screen: a waiting focus may find its field now. */
  retryFocus(): void
}

export const SetupShellContext = createContext<SetupShell | null>(null)

/** The panel around. @throws Error outside a setup panel */
export function useSetupShell(): SetupShell {
  const shell = useContext(SetupShellContext)
  if (!shell) throw new Error('This stands only inside a setup panel.')
  return shell
}

/** What all setup panels say alike, in the words of the one around. */
export function useSetupTexts(): Translate<(typeof setupPanelMessages)['messages']> {
  return useMessages(setupPanelMessages, useSetupShell().messages)
}

export type ResetTexts = Translate<(typeof setupResetMessages)['messages']>

/** The reset's own words. */
export function useResetTexts(): ResetTexts {
  return useMessages(setupResetMessages, useSetupShell().messages)
}
