import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Principal } from '@tenantry/sdk/model'
import type {
  CheckReport,
  ConnectInput,
  ConnectionSummary,
  ConnectResult,
  FlowStatus,
  GoogleChanges,
  GoogleSetupStatus,
  ResetResult,
  UpdateInput,
} from '@tenantry/sdk/wire'

interface Caller {
  readonly principal: Principal
}

interface ConnectionCaller extends Caller {
  readonly connectionId: string
}

interface Departure {
  readonly returnTo?: string
  /** Origin of the page that asks, already checked; the only one that is told how the flow ended. */
  readonly openerOrigin?: string
}

/** A started flow with the full `Set-Cookie` value that ties it to this browser. */
export type StartedFlow = ConnectResult & { readonly setCookie: string }

/** How a flow ended, in our words only. */
export interface CompletedFlow {
  readonly flowId: string | null
  readonly connectionId: string | null
  readonly outcome: 'connected' | 'failed'
  readonly code: ErrorCode | null
  readonly values: Readonly<Record<string, string>>
  readonly openerOrigin: string | null
  readonly returnTo: string | null
  /** Full `Set-Cookie` value that clears the binding. */
  readonly clearCookie: string | null
}

export interface CallbackVisit {
  readonly callbackPath: string
  readonly params: URLSearchParams
  readonly cookie: (name: string) => string | undefined
  readonly principal: Principal | null
}

export interface PushDelivery {
  readonly path: string
  /** What follows the path, without the slash; empty when nothing does. */
  readonly key: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** What the HTTP door needs of an sdk; every Tenantry fits. */
export interface HandlerSdk {
  /** Origin of the deployment. */
  readonly baseUrl: string
  readonly callbackPaths: readonly string[]
  readonly pushPaths: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly google: {
    status(call: Caller): Promise<GoogleSetupStatus>
    save(call: Caller & { readonly changes: GoogleChanges }): Promise<GoogleSetupStatus>
    test(call: Caller): Promise<CheckReport>
    reset(call: Caller & { readonly credentials: 'keep' | 'delete' }): Promise<ResetResult>
    setupScript(call: Caller): Promise<{ script: string }>
  }
  readonly connections: {
    list(call: Caller & { readonly provider?: string }): Promise<{ connections: ConnectionSummary[] }>
    connect(call: Caller & Pick<ConnectInput, 'provider' | 'settings'> & Departure): Promise<StartedFlow>
    reconnect(call: ConnectionCaller & Departure): Promise<StartedFlow>
    get(call: ConnectionCaller): Promise<ConnectionSummary>
    update(call: ConnectionCaller & { readonly changes: UpdateInput }): Promise<ConnectionSummary>
    disconnect(call: ConnectionCaller): Promise<ConnectionSummary>
    remove(call: ConnectionCaller): Promise<{ removed: true }>
    sync(call: ConnectionCaller): Promise<ConnectionSummary>
    diagnose(call: ConnectionCaller): Promise<CheckReport>
  }
  readonly flows: {
    get(call: Caller & { readonly flowId: string }): Promise<FlowStatus>
    complete(visit: CallbackVisit): Promise<CompletedFlow>
  }
  readonly push: { receive(delivery: PushDelivery): Promise<void> }
}
