import { TenantryError } from '@tenantry/sdk/errors'
import type { FlowStatus } from '@tenantry/sdk/wire'
import { isBusy } from './oauth-state.ts'
import type { OAuthFlow, OAuthState } from './oauth-state.ts'

/** What happened, in the window, in this page or at the server. */
export type OAuthEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'blocked' }
  | { readonly type: 'returned'; readonly flow: OAuthFlow }
  | { readonly type: 'started'; readonly attempt: number; readonly flow: OAuthFlow }
  | { readonly type: 'refused'; readonly attempt: number; readonly error: Error }
  | { readonly type: 'window_lost'; readonly attempt: number }
  | { readonly type: 'answered'; readonly attempt: number; readonly answer: FlowStatus }
  | { readonly type: 'cancelled' }

/** The protocol as a table of moves. An event that does not fit the state, or that belongs to an earlier attempt, changes nothing. */
export function nextOAuthState(state: OAuthState, event: OAuthEvent): OAuthState {
  const attempt = state.attempt + 1
  if ('attempt' in event && event.attempt !== state.attempt) return state
  switch (event.type) {
    case 'opened':
      return isBusy(state) ? state : { status: 'opening', attempt }
    case 'blocked':
      return isBusy(state) ? state : { status: 'blocked', attempt }
    case 'returned':
      return state.status === 'idle' ? { status: 'waiting', attempt, flow: event.flow } : state
    case 'started':
      return state.status === 'opening' ? { status: 'waiting', attempt: state.attempt, flow: event.flow } : state
    case 'refused':
      return isBusy(state) || state.status === 'window_gone' ? fail(state, event.error) : state
    case 'window_lost':
      return state.status === 'waiting' ? { ...state, status: 'window_gone' } : state
    case 'answered':
      return settle(state, event.answer)
    case 'cancelled':
      return { status: 'idle', attempt }
    default:
      return event satisfies never
  }
}

/** The server still has to say how it ended. */
export function followedFlow(state: OAuthState): OAuthFlow | null {
  return state.status === 'waiting' || state.status === 'window_gone' ? state.flow : null
}

function settle(state: OAuthState, answer: FlowStatus): OAuthState {
  const followed = followedFlow(state)
  if (followed === null || followed.flowId !== answer.flowId || answer.status === 'pending') return state
  const flow = { ...followed, connectionId: answer.connectionId, expiresAt: answer.expiresAt }
  if (answer.status === 'connected') return { status: 'done', attempt: state.attempt, flow }
  const code = answer.code ?? (answer.status === 'expired' ? 'state_expired' : 'internal')
  return { status: 'failed', attempt: state.attempt, flow, error: new TenantryError(code, { values: answer.values }) }
}

function fail(state: OAuthState, error: Error): OAuthState {
  return { status: 'failed', attempt: state.attempt, flow: followedFlow(state), error }
}
