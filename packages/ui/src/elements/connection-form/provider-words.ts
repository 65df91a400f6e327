import type { ReactNode } from 'react'

/** What the shared form says differently for each provider; already in the reader's language. */
export interface ProviderWords {
  /** Head of the form before there is a connection. */
  readonly title: string
  readonly subtitle: string
  /** Whose connection it is; default its address. */
  readonly identity?: ReactNode
  /** The button that starts a sign-in; default `Connect with Google`. */
  readonly connect?: string
  /** Term of the last thing that arrived. */
  readonly lastItem: string
  /** Second task after the consent. */
  readonly taskWatch: string
  /** Connected, but notifications do not work as they should. */
  readonly notAnnounced: string
  readonly instant: string
  /** Comfort while nothing arrives. */
  readonly notLost: string
}
