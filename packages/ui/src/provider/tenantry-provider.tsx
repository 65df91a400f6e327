import { QueryClient } from '@tanstack/react-query'
import type { TenantryClient } from '@tenantry/sdk/client'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Messages, PartialMessages } from '../locales/en.ts'
import { LanguageContext } from '../locales/messages-context.ts'
import { PartEnvironmentContext } from '../parts/environment/part-environment.ts'
import type { IconOverrides, PartClassNames, PartEnvironment } from '../parts/environment/part-environment.ts'
import { createTicker } from '../parts/relative-time/ticker.ts'
import { TickerContext } from '../parts/relative-time/use-now.ts'
import { TenantryContext } from './tenantry-context.ts'
import type { Tenantry } from './tenantry-context.ts'
import type { ThemeToken } from './theme-token.ts'
import type { Notice, OAuthOptions, UiEvent } from './ui-event.ts'
import { useLanguageSettings } from './use-language-settings.ts'

export interface TenantryProviderProps {
  /** From `createClient()` of `@tenantry/sdk/client`. */
  client: TenantryClient
  /** The host product's name, as people know it: `{app}` in the texts. */
  appName: string
  /** Separates cached answers when one page switches tenants; authority is the server's session. */
  tenantId?: string
  /** BCP 47; default `en`. */
  locale?: string
  /** Own wording over the language pack. A whole pack here also spares the first moment in English. */
  messages?: PartialMessages
  /** Default: the packs that come with the package. */
  loadMessages?: (locale: string) => Promise<Messages | PartialMessages | null>
  /** Default `auto`: from the locale. */
  dir?: 'ltr' | 'rtl' | 'auto'
  /** IANA name; default the reader's own. */
  timeZone?: string
  /** Milliseconds since the epoch; default the browser's clock. Keep its identity stable. */
  now?: () => number
  /** Default `inherit`: the host's `color-scheme`, `.dark` or `[data-theme=dark]`. */
  colorScheme?: 'light' | 'dark' | 'auto' | 'inherit'
  /** Values for `--tn-*` custom properties. Keep its identity stable. */
  theme?: Partial<Record<ThemeToken, string>>
  /** One extra class per part, by `data-tn-part`. */
  classNames?: PartClassNames
  icons?: IconOverrides
  /** Default: one of its own. */
  queryClient?: QueryClient
  /** Where dialogs go; default the body. */
  portalContainer?: HTMLElement | null
  /** The host's router; default a full page load. */
  navigate?: (href: string) => void
  oauth?: OAuthOptions
  onEvent?: (event: UiEvent) => void
  onNotice?: (notice: Notice) => void
  /** Adds `data-testid="tn-..."`; default false. */
  testIds?: boolean
  children: ReactNode
}

const noTheme = {}
const noOAuth = {}
const noIcons = {}
const noClassNames = {}
const readClock = () => Date.now()

/** Gives every component below it the client, the language and the looks. Renders no element of its own. */
export function TenantryProvider(props: TenantryProviderProps) {
  const { client, appName, tenantId, locale = 'en', oauth = noOAuth, now = readClock, children } = props
  const dir = props.dir === undefined || props.dir === 'auto' ? directionOf(locale) : props.dir
  const [ownQueryClient] = useState(() => props.queryClient ?? createQueryClient())
  const queryClient = props.queryClient ?? ownQueryClient
  useEffect(() => {
    // Without it nothing is looked at again when the window comes back.
    queryClient.mount()
    return () => queryClient.unmount()
  }, [queryClient])
  const callbacks = useLatest({ onEvent: props.onEvent, onNotice: props.onNotice, navigate: props.navigate })
  const notifies = props.onNotice !== undefined
  const language = useLanguageSettings({
    locale,
    dir,
    appName,
    messages: props.messages,
    loadMessages: props.loadMessages,
    onLoadFailed: () => callbacks.current.onNotice?.({ tone: 'warning', text: `The language pack "${locale}" could not be loaded.` }),
  })
  const tenantry = useMemo<Tenantry>(
    () => ({
      client,
      queryClient,
      tenantId,
      appName,
      oauth,
      now,
      navigate: (href) => (callbacks.current.navigate ?? loadPage)(href),
      emit: (event) => callbacks.current.onEvent?.(event),
      notify: notifies ? (notice) => callbacks.current.onNotice?.(notice) : undefined,
    }),
    [client, queryClient, tenantId, appName, oauth, now, notifies, callbacks],
  )
  const environment = usePartSettings(props, dir, callbacks)
  const ticker = useMemo(() => createTicker(now), [now])
  return (
    <TenantryContext.Provider value={tenantry}>
      <LanguageContext.Provider value={language}>
        <PartEnvironmentContext.Provider value={environment}>
          <TickerContext.Provider value={ticker}>{children}</TickerContext.Provider>
        </PartEnvironmentContext.Provider>
      </LanguageContext.Provider>
    </TenantryContext.Provider>
  )
}

interface Callbacks {
  onEvent: TenantryProviderProps['onEvent']
  onNotice: TenantryProviderProps['onNotice']
  navigate: TenantryProviderProps['navigate']
}

function usePartSettings(
  props: TenantryProviderProps,
  dir: PartEnvironment['dir'],
  callbacks: { readonly current: Callbacks },
): PartEnvironment {
  const { colorScheme = 'inherit', theme = noTheme, classNames = noClassNames, icons = noIcons } = props
  const { portalContainer = null, timeZone, testIds = false } = props
  const navigates = props.navigate !== undefined
  return useMemo(
    () => ({
      classNames,
      icons,
      colorScheme,
      dir,
      theme,
      portalContainer,
      timeZone,
      testIds,
      navigate: navigates ? (href: string) => callbacks.current.navigate?.(href) : undefined,
      onPartEvent: (event) => callbacks.current.onEvent?.(event),
    }),
    [classNames, icons, colorScheme, dir, theme, portalContainer, timeZone, testIds, navigates, callbacks],
  )
}

// Inline functions of the host must not re-render every component below.
function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

function createQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000 }, mutations: { retry: false } } })
}

function loadPage(href: string): void {
  window.location.assign(href)
}

const RIGHT_TO_LEFT = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(locale).language) ? 'rtl' : 'ltr'
}
