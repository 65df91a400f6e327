import { useEffect, useState, useSyncExternalStore } from 'react'
import { useMessages } from '../locales/use-messages.ts'
import { useTenantry } from '../provider/tenantry-context.ts'
import { createOAuthConnector } from './oauth/create-oauth-connector.ts'
import type { ConnectSettings } from './oauth/oauth-setting.ts'
import { isInAppBrowser } from './oauth/in-app-browser.ts'
import { idleState } from './oauth/oauth-state.ts'
import type { OAuthFlow, OAuthStatus } from './oauth/oauth-state.ts'
import { oauthMessages } from './oauth/oauth.messages.ts'
import { queryKeys } from './query-keys.ts'

export interface SignInOptions {
  /** A provider's name, such as `gmail`. */
  provider: string
  /** Present: signs this connection in again. */
  connectionId?: string | undefined
}

/** A sign-in in the provider's window, and where it stands. */
export interface SignIn {
  readonly status: OAuthStatus
  /** Call it within the click, or the browser blocks the window. While one is open it is brought to the front instead. */
  start(settings?: ConnectSettings): void
  /** The same sign-in without a window: leaves this page and comes back to it. */
  retryInThisTab(): void
  cancel(): void
  focusWindow(): void
  /** A TenantryError when `failed`. */
  readonly error: Error | null
  readonly flow: OAuthFlow | null
  /** This page stands in an app's own browser, in which Google signs nobody in. Known after mount. */
  readonly inAppBrowser: boolean
}

/** Connects or reconnects through the provider's consent window. How it ended is what the server says; no token ever reaches the page. */
export function useSignIn({ provider, connectionId }: SignInOptions): SignIn {
  const { client, queryClient, tenantId, oauth, now, emit } = useTenantry()
  const t = useMessages(oauthMessages)
  const setting = {
    client,
    provider,
    connectionId,
    oauth,
    now,
    emit,
    placeholder: t('placeholder'),
    onConnected: () => void queryClient.invalidateQueries({ queryKey: queryKeys.connections(tenantId) }),
  }
  const [connector] = useState(() => createOAuthConnector(setting))
  useEffect(() => connector.configure(setting))
  const state = useSyncExternalStore(connector.subscribe, connector.getState, () => idleState)
  const inAppBrowser = useSyncExternalStore(neverChanges, readInAppBrowser, () => false)
  useEffect(() => connector.attach(), [connector])
  return {
    status: state.status,
    start: (settings = {}) => connector.start(settings),
    retryInThisTab: connector.retryInThisTab,
    cancel: connector.cancel,
    focusWindow: connector.focusWindow,
    error: state.status === 'failed' ? state.error : null,
    flow: 'flow' in state ? state.flow : null,
    inAppBrowser,
  }
}

const neverChanges = () => () => {}

const readInAppBrowser = () => isInAppBrowser(navigator.userAgent)
