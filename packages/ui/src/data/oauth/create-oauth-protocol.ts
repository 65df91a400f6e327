import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { ConnectResult } from '@tenantry/sdk/wire'
import type { UiEvent } from '../../provider/ui-event.ts'
import { followFlow } from './follow-flow.ts'
import type { Follower } from './follow-flow.ts'
import { listenForHints } from './listen-for-hints.ts'
import { followedFlow, nextOAuthState } from './next-oauth-state.ts'
import type { OAuthEvent } from './next-oauth-state.ts'
import type { ConnectSettings, OAuthSetting } from './oauth-setting.ts'
import { idleState, isBusy } from './oauth-state.ts'
import type { OAuthFlow, OAuthState } from './oauth-state.ts'
import { readAuthorization } from './read-authorization.ts'
import { returnAddress } from './return-address.ts'
import { openSignInWindow } from './sign-in-window.ts'
import type { SignInWindow } from './sign-in-window.ts'
import { watchSignInWindow } from './watch-sign-in-window.ts'

/** What moves one form's sign-in once it is wanted. */
export interface OAuthProtocol {
  /** Follows what is under way until the returned function is called. */
  readonly attach: () => () => void
  /** `opened`: the window of this very click; `null`: it was blocked; absent: one is opened now, if it takes one. */
  readonly start: (settings: ConnectSettings, opened?: SignInWindow | null) => void
  readonly startInThisTab: (settings: ConnectSettings) => void
  /** Goes on with a sign-in that came back to this tab. */
  readonly resume: (flow: OAuthFlow) => void
  readonly cancel: () => void
  readonly focusWindow: () => void
}

export interface OAuthProtocolOptions {
  /** As it is at the time of asking. */
  readonly read: () => OAuthSetting
  readonly show: (state: OAuthState) => void
}

/** The OAuth window protocol: lets the server decide how a sign-in ended, and passes on nothing but its answer. */
export function createOAuthProtocol({ read, show }: OAuthProtocolOptions): OAuthProtocol {
  let state: OAuthState = idleState
  let settings: ConnectSettings = {}
  let popup: SignInWindow | null = null
  let startedAt = 0
  let attached = false
  let stopFollowing = () => {}

  const emit = (type: UiEvent['type'], more: Partial<UiEvent> = {}) =>
    read().emit({ type, component: 'oauth-connect', provider: read().provider, ...more })

  const dispatch = (event: OAuthEvent) => {
    const before = state
    state = nextOAuthState(state, event)
    if (state === before) return
    if (followedFlow(state) === null) stopFollowing()
    report(state)
    show(state)
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

  const enter = (opened: SignInWindow | null) => {
    popup?.close()
    popup = opened
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

  const begin = (next: ConnectSettings) => {
    settings = next
    startedAt = read().now()
  }

  return {
    attach() {
      attached = true
      follow(true)
      return () => {
        attached = false
        stopFollowing()
      }
    },
    start(next, opened) {
      if (!isFreeToStart()) return popup?.focus()
      begin(next)
      if (read().oauth.mode === 'redirect') leave()
      else enter(opened === undefined ? openSignInWindow(read()) : opened)
    },
    startInThisTab(next) {
      if (isBusy(state)) return
      begin(next)
      leave()
    },
    resume(flow) {
      begin({})
      dispatch({ type: 'returned', flow })
      follow(true)
    },
    cancel() {
      popup?.close()
      popup = null
      dispatch({ type: 'cancelled' })
    },
    focusWindow: () => popup?.focus(),
  }
}
