import { createContext } from 'react'
import type { ComponentType } from 'react'
import type { IconName } from '../icon/icon-paths.ts'

/** One extra class per part, by the value of its `data-tn-part`. */
export type PartClassNames = Readonly<Record<string, string | undefined>>

/** Own icons of the host, by our icon name. */
export type IconOverrides = { readonly [Name in IconName]?: ComponentType<{ 'aria-hidden': true }> }

/** What a part may report; never contains values. */
export interface PartEvent {
  readonly type: 'copy' | 'external_link'
  /** The part's or surface's name, never its content. */
  readonly component: string
}

/** What parts need to know about the page they stand in. Parts know nothing of the domain or the network. */
export interface PartEnvironment {
  readonly classNames: PartClassNames
  readonly icons: IconOverrides
  /** `inherit` follows the host's `color-scheme`, `.dark` or `[data-theme=dark]`. */
  readonly colorScheme: 'light' | 'dark' | 'auto' | 'inherit'
  readonly dir: 'ltr' | 'rtl'
  /** Token name without `--tn-` to CSS value. */
  readonly theme: Readonly<Record<string, string | undefined>>
  readonly portalContainer: HTMLElement | null
  /** IANA name; absent: the reader's own. */
  readonly timeZone?: string | undefined
  readonly testIds: boolean
  readonly navigate?: ((href: string) => void) | undefined
  readonly onPartEvent?: ((event: PartEvent) => void) | undefined
}

export const defaultPartEnvironment: PartEnvironment = {
  classNames: {},
  icons: {},
  colorScheme: 'inherit',
  dir: 'ltr',
  theme: {},
  portalContainer: null,
  testIds: false,
}

export const PartEnvironmentContext = createContext<PartEnvironment>(defaultPartEnvironment)
