import { completeConnect } from './connections/complete-connect.ts'
import type { CallbackInput, CompletedFlow } from './connections/complete-connect.ts'
import { connectionVerbs, providerVerbs } from './connections/verbs.ts'
import type { ConnectionVerbs, ProviderVerbs } from './connections/verbs.ts'
import { getFlow } from './connections/get-flow.ts'
import { receive } from './connections/receive.ts'
import type { ReceiveInput } from './connections/receive.ts'
import type { Context } from './context.ts'
import { createContext } from './create-context.ts'
import { provision } from './google/provision.ts'
import { reset } from './google/reset.ts'
import { save } from './google/save.ts'
import { setupScript } from './google/setup-script.ts'
import { status } from './google/status.ts'
import { testNotification } from './google/test-notification.ts'
import { supportBundle } from './google/support-bundle.ts'
import type { SupportBundleOptions } from './google/support-bundle.ts'
import { test } from './google/test.ts'
import type { TestOptions } from './google/test.ts'
import { sweep } from './maintenance/sweep.ts'
import type { SweepOptions, SweepResult } from './maintenance/sweep.ts'
import type { Principal } from './model/principal.ts'
import type { Providers, TenantryOptions } from './tenantry-options.ts'
import type {
  CheckReport,
  FlowStatus,
  GoogleChanges,
  GoogleSetupStatus,
  ResetResult,
  SetupScript,
  SupportBundle,
  TestNotification,
} from './wire/index.ts'

interface Principled {
  readonly principal: Principal
}

export interface TenantryCore {
  readonly baseUrl: string
  readonly allowedOrigins: readonly string[]
  readonly callbackPaths: readonly string[]
  readonly pushPaths: readonly string[]
  readonly google: {
    status(options: Principled): Promise<GoogleSetupStatus>
    save(options: Principled & { readonly changes: GoogleChanges }): Promise<GoogleSetupStatus>
    /** Checks against what Google says now: all, or those that are named. */
    test(options: TestOptions): Promise<CheckReport>
    reset(options: Principled & { readonly credentials?: 'keep' | 'delete' }): Promise<ResetResult>
    setupScript(options: Principled): Promise<SetupScript>
    /** Sets Gmail's notifications up now, or repairs them. */
    provision(options: Principled): Promise<GoogleSetupStatus>
    /** Asks for a notification that proves the pipe. */
    testNotification(options: Principled): Promise<TestNotification>
    /** Facts for whoever helps: no secret and no part of one. */
    supportBundle(options: SupportBundleOptions): Promise<SupportBundle>
  }
  /** Verbs over the connections of all providers. */
  readonly connections: ConnectionVerbs
  readonly flows: {
    get(options: Principled & { readonly flowId: string }): Promise<FlowStatus>
    complete(input: CallbackInput): Promise<CompletedFlow>
  }
  readonly push: { receive(input: ReceiveInput): Promise<void> }
  readonly maintenance: { sweep(options?: SweepOptions): Promise<SweepResult> }
  /** Brings the schema up to date and starts the jobs. */
  start(): Promise<void>
  /** Lets running work end, then stops the jobs. The store stays open; it is the host's. */
  stop(): Promise<void>
}

/** The sdk: the core plus one set of verbs under each name that the host gave a provider. */
export type Tenantry<P extends Providers = Providers> = TenantryCore & { readonly [Name in keyof P]: ProviderVerbs<P[Name]> }

/**
 * Makes the sdk. The only place where defaults are chosen.
 * @throws TypeError when an option is missing or wrong, because that is a programming error
 */
export function createTenantry<const P extends Providers>(options: TenantryOptions<P>): Tenantry<P> {
  const context = createContext(options)
  const verbs = Object.fromEntries(Object.entries(options.providers).map(([name, provider]) => [name, providerVerbs(context, provider)]))
  return { ...verbs, ...createCore(context) } as Tenantry<P>
}

function createCore(context: Context): TenantryCore {
  const providers = [...context.providers.values()]
  return {
    baseUrl: context.baseUrl,
    allowedOrigins: context.allowedOrigins,
    callbackPaths: [...new Set(providers.map(({ callbackPath }) => callbackPath))],
    pushPaths: [...new Set(providers.map(({ pushPath }) => pushPath))],
    google: {
      status: (input) => status(context, input),
      save: (input) => save(context, input),
      test: (input) => test(context, input),
      reset: (input) => reset(context, input),
      setupScript: (input) => setupScript(context, input),
      provision: (input) => provision(context, input),
      testNotification: (input) => testNotification(context, input),
      supportBundle: (input) => supportBundle(context, input),
    },
    connections: connectionVerbs(context),
    flows: { get: (input) => getFlow(context, input), complete: (input) => completeConnect(context, input) },
    push: { receive: (input) => receive(context, input) },
    maintenance: { sweep: (input) => sweep(context, input) },
    async start() {
      await context.store.migrate()
      await context.jobs.start(() => sweep(context))
    },
    stop: () => context.jobs.stop(),
  }
}
