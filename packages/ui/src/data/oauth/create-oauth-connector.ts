import { TenantryError } from '@tenantry/sdk/errors'
import type { OAuthProtocol } from './create-oauth-protocol.ts'
import type { ConnectSettings, OAuthSetting } from './oauth-setting.ts'
import { idleState, isBusy } from './oauth-state.ts'
import type { OAuthState } from './oauth-state.ts'
import { takeReturnedFlow } from './returned-flow.ts'
import { openSignInWindow } from './sign-in-window.ts'
import type { SignInWindow } from './sign-in-window.ts'

/** One form's sign-in: its state and what moves it. */
export interface OAuthConnector {
  /** What it works with from now on. */
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

/** Opens the window within the click; the protocol that goes on from there is loaded with the first sign-in. */
export function createOAuthConnector(first: OAuthSetting): OAuthConnector {
  const listeners = new Set<() => void>()
  let setting = first
  let state: OAuthState = idleState
  let settings: ConnectSettings = {}
  let popup: SignInWindow | null = null
  let attached = false
  let detach = () => {}

  const show = (next: OAuthState) => {
    state = next
    for (const listener of listeners) listener()
  }

  /** Shows where it starts at once; the protocol goes on from there, unless something else was wanted meanwhile. */
  const begin = async (start: OAuthState, goOn: (protocol: OAuthProtocol) => void) => {
    show(start)
    const loaded = await import('./create-oauth-protocol.ts').catch(() => null)
    if (state !== start) return
    // A page that cannot fetch the rest of itself is as good as one that cannot reach the server.
    if (loaded === null) return fail(new TenantryError('network'))
    const protocol = loaded.createOAuthProtocol({ read: () => setting, show })
    moves = protocol
    if (attached) detach = protocol.attach()
    goOn(protocol)
  }

  const fail = (error: TenantryError) => {
    popup?.close()
    setting.emit({ type: 'oauth.failed', component: 'oauth-connect', provider: setting.provider, code: error.code })
    show({ status: 'failed', attempt: 0, flow: null, error })
  }

  /** Until the protocol is there. */
  let moves: Omit<OAuthProtocol, 'resume'> = {
    attach() {
      const flowId = takeReturnedFlow(setting.connectionId ?? setting.provider)
      if (flowId !== null) {
        const flow = { flowId, connectionId: null, expiresAt: null, redirectUri: null, clientId: null }
        void begin({ status: 'waiting', attempt: 0, flow }, (protocol) => protocol.resume(flow))
      }
      return () => {}
    },
    start(next) {
      if (isBusy(state)) return popup?.focus()
      const inThisTab = setting.oauth.mode === 'redirect'
      const opened = inThisTab ? undefined : openSignInWindow(setting)
      popup = opened ?? null
      void begin({ status: opened === null ? 'blocked' : 'opening', attempt: 0 }, (protocol) => protocol.start(next, opened))
    },
    startInThisTab(next) {
      if (!isBusy(state)) void begin({ status: 'opening', attempt: 0 }, (protocol) => protocol.startInThisTab(next))
    },
    cancel() {
      popup?.close()
      show(idleState)
    },
    focusWindow: () => popup?.focus(),
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
      detach = moves.attach()
      return () => {
        attached = false
        detach()
      }
    },
    start(next) {
      settings = next
      moves.start(next)
    },
    retryInThisTab: () => moves.startInThisTab(settings),
    cancel: () => moves.cancel(),
    focusWindow: () => moves.focusWindow(),
  }
}
