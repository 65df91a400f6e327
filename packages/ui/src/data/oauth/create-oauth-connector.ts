import type { TenantryClient } from '@tenantry/sdk/client'
import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { ConnectResult } from '@tenantry/sdk/wire'
import type { OAuthOptions, UiEvent } from '../../provider/ui-event.ts'
import { followFlow } from './follow-flow.ts'
import type { Follower } from './follow-flow.ts'
import { isInAppBrowser } from './in-app-browser.ts'
import { listenForHints } from './listen-for-hints.ts'
import { followedFlow, idleState, isBusy, nextOAuthState } from './oauth-state.ts'
import type { OAuthEvent, OAuthState } from './oauth-state.ts'
import { readAuthorization } from './read-authorization.ts'
import { returnAddress, takeReturnedFlow } from './returned-flow.ts'
import { openSignInWindow, watchSignInWindow } from './sign-in-window.ts'
import type { SignInWindow } from './sign-in-window.ts'

const WIDTH = 520
const HEIGHT = 680

/** Settings of a new connection: its name and what its provider asks for. */
export type ConnectSettings = Readonly<Record<string, unknown>>

/** What a sign-in is for and what it works with. */
export interface OAuthSetting {
  readonly client: TenantryClient
  readonly provider: string
  /** Present: a new sign-in of this connection. */
  readonly connectionId: string | undefined
  readonly oauth: OAuthOptions
  readonly now: () => number
  readonly placeholder: string
  readonly emit: (event: UiEvent) => void
  readonly onConnected: () => void
}

/** One form's sign-in: its state and what moves it. */
export interface OAuthConnector {
  /** Has to be called before anything is started. */
  readonly configure: (setting: OAuthSetting) => void
  readonly getState: () => OAuthState
  readonly subscribe: (onChange: () => void) => () => void
  /** Picks up a sign-in that came back to this tab, and follows what is under way, until the returned function is called. */
  readonly attach: () => () => void
  readonly start: (settings: ConnectSettings) => void
  readonly retryInThisTab: () => void
  readonly cancel: () => void
  readonly focusWindow: () => void
}

/** The OAuth window protocol: opens the window within the click, lets the server decide how it ended, and passes on nothing but its answer. */
export function createOAuthConnector(): OAuthConnector {
  const listeners = new Set<() => void>()
  let setting: OAuthSetting | null = null
  let state: OAuthState = idleState
  let settings: ConnectSettings = {}
  let popup: SignInWindow | null = null
  let startedAt = 0
  let attached = false
  let stopFollowing = () => {}

  const read = (): OAuthSetting => {
    if (setting === null) throw new TypeError('createOAuthConnector: configure() comes first')
    return setting
  }

  const emit = (type: UiEvent['type'], more: Partial<UiEvent> = {}) =>
    read().emit({ type, component: 'oauth-connect', provider: read().provider, ...more })

  const dispatch = (event: OAuthEvent) => {
    const before = state
    state = nextOAuthState(state, event)
    if (state === before) return
    if (followedFlow(state) === null) stopFollowing()
    report(state)
    for (const listener of listeners) listener()
  }

  const report = (current: OAuthState) => {
    const durationMs = read().now() - startedAt
    if (current.status === 'opening') emit('oauth.opened')
    else if (current.status === 'blocked') emit('oauth.blocked')
    else if (current.status === 'window_gone') emit('oauth.window_gone', { durationMs })
    else if (current.status === 'failed')
      emit('oauth.failed', { code: isTenantryError(current.error) ? current.error.code : 'internal', durationMs })
    else if (current.status === 'done') {
      emit('oauth.completed', { durationMs, ...(current.flow.connectionId !== null && { connectionId: current.flow.connectionId }) })
      read().onConnected()
    }
  }

  const follow = (atOnce: boolean) => {
    const flow = followedFlow(state)
    if (flow === null || !attached) return
    const { attempt } = state
    const { now, client } = read()
    stopFollowing()
    const follower: Follower = followFlow({
      expiresAt: flow.expiresAt,
      atOnce,
      now,
      ask: (signal) => client.flows.get(flow.flowId, { signal }),
      onAnswer: (answer) => dispatch({ type: 'answered', attempt, answer }),
      onGiveUp: (error) => dispatch({ type: 'refused', attempt, error }),
    })
    const stops = [follower.stop, listenForHints(flow.flowId, follower.askNow)]
    if (popup !== null)
      stops.push(watchSignInWindow(popup, { onHint: follower.askNow, onGone: () => dispatch({ type: 'window_lost', attempt }) }))
    stopFollowing = () => {
      stopFollowing = () => {}
      for (const stop of stops) stop()
    }
  }

  const request = (returnTo?: string): Promise<ConnectResult> => {
    const { client, provider, connectionId } = read()
    const back = returnTo === undefined ? {} : { returnTo }
    if (connectionId !== undefined) {
      const changes = Object.keys(settings).length === 0 ? {} : { settings: { ...settings } }
      return client.connections.reconnect(connectionId, { ...back, ...changes })
    }
    return client.connections.connect({ provider, settings, ...back })
  }

  /** Asks the server for the authorization URL and goes there, unless the person has given up meanwhile. */
  const run = async (asked: Promise<ConnectResult>, goTo: (url: string) => void, giveUp: () => void) => {
    const { attempt } = state
    try {
      const result = await asked
      const flow = readAuthorization(result)
      if (state.attempt !== attempt) return
      goTo(result.authorizationUrl)
      dispatch({ type: 'started', attempt, flow })
    } catch (error) {
      giveUp()
      dispatch({ type: 'refused', attempt, error: isTenantryError(error) ? error : new TenantryError('internal') })
    }
  }

  const openWindow = () => {
    const { oauth, placeholder } = read()
    popup?.close()
    popup = openSignInWindow({ width: oauth.width ?? WIDTH, height: oauth.height ?? HEIGHT, placeholder })
    const opened = popup
    if (opened === null) return dispatch({ type: 'blocked' })
    dispatch({ type: 'opened' })
    void run(request(), opened.goTo, opened.close).then(() => follow(false))
  }

  const leave = () => {
    const { oauth, provider, connectionId } = read()
    dispatch({ type: 'opened' })
    const goTo = (url: string) => {
      emit('oauth.redirected')
      window.location.assign(url)
    }
    void run(request(returnAddress(connectionId ?? provider, oauth.returnTo)), goTo, () => {})
  }

  const isFreeToStart = () => {
    if (!isBusy(state)) return true
    if (state.status !== 'waiting' || !popup?.isClosed()) return false
    dispatch({ type: 'window_lost', attempt: state.attempt })
    return true
  }

  return {
    configure(next) {
      setting = next
    },
    getState: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    attach() {
      attached = true
      const { connectionId, provider } = read()
      const flowId = takeReturnedFlow(connectionId ?? provider)
      if (flowId !== null) {
        startedAt = read().now()
        dispatch({ type: 'returned', flow: { flowId, connectionId: null, expiresAt: null, redirectUri: null, clientId: null } })
      }
      follow(true)
      return () => {
        attached = false
        stopFollowing()
      }
    },
    start(next) {
      if (!isFreeToStart()) return popup?.focus()
      settings = next
      startedAt = read().now()
      if (read().oauth.mode === 'redirect') leave()
      else if (isInAppBrowser(navigator.userAgent)) dispatch({ type: 'blocked' })
      else openWindow()
    },
    retryInThisTab() {
      if (isBusy(state)) return
      startedAt = read().now()
      leave()
    },
    cancel() {
      popup?.close()
      popup = null
      dispatch({ type: 'cancelled' })
    },
    focusWindow: () => popup?.focus(),
  }
}
