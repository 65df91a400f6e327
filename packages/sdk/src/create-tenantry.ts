import { listAudit } from './audit/list-audit.ts'
import type { ListAuditOptions } from './audit/list-audit.ts'
import { verifyAudit } from './audit/verify-audit.ts'
import type { AuditVerdict, VerifyAuditOptions } from './audit/verify-audit.ts'
import { completeConnect } from './connections/complete-connect.ts'
import type { CallbackInput, CompletedFlow } from './connections/complete-connect.ts'
import { connectionVerbs, providerVerbs } from './connections/verbs.ts'
import type { ConnectionVerbs, ProviderVerbs } from './connections/verbs.ts'
import { getFlow } from './connections/get-flow.ts'
import { receive } from './connections/receive.ts'
import type { ReceivedPush, ReceiveInput } from './connections/receive.ts'
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
import { expiringSoon } from './maintenance/expiring-soon.ts'
import type { ExpiringSoon, ExpiringSoonOptions } from './maintenance/expiring-soon.ts'
import { startListening, stopListening } from './maintenance/listen.ts'
import { report } from './maintenance/report.ts'
import type { MaintenanceReport } from './maintenance/report.ts'
import { sweep } from './maintenance/sweep.ts'
import type { SweepOptions, SweepResult } from './maintenance/sweep.ts'
import { microsoftVerbs } from './microsoft/verbs.ts'
import type { MicrosoftVerbs } from './microsoft/verbs.ts'
import type { Principal } from './model/principal.ts'
import type { AuditRecord } from './ports/index.ts'
import { rotateKeys } from './secrets/rotate-keys.ts'
import type { RotatedKeys, RotateKeysOptions } from './secrets/rotate-keys.ts'
import { traceVerbs } from './telemetry/trace-verbs.ts'
import type { Providers, TenantryOptions } from './tenantry-options.ts'
import { deleteTenant } from './tenants/delete-tenant.ts'
import type { DeletedTenant } from './tenants/delete-tenant.ts'
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
  readonly microsoft: MicrosoftVerbs
  /** Verbs over the connections of all providers. */
  readonly connections: ConnectionVerbs
  readonly flows: {
    get(options: Principled & { readonly flowId: string }): Promise<FlowStatus>
    complete(input: CallbackInput): Promise<CompletedFlow>
  }
  readonly push: { receive(input: ReceiveInput): Promise<ReceivedPush> }
  /** For the host itself: nobody is asked. */
  readonly maintenance: {
    sweep(options?: SweepOptions): Promise<SweepResult>
    /** What ends soon although it should have been renewed long ago, and whether anything waits that nobody does: for the host's own alarm. */
    expiringSoon(options?: ExpiringSoonOptions): Promise<ExpiringSoon>
    /** How upkeep stands, over all tenants. */
    report(options?: { readonly limit?: number }): Promise<MaintenanceReport>
  }
  /** What was done in a tenant and by whom, in a log that shows every change to it. For the host itself: nobody is asked. */
  readonly audit: {
    list(options: ListAuditOptions): Promise<{ lines: readonly AuditRecord[] }>
    verify(options: VerifyAuditOptions): Promise<AuditVerdict>
  }
  /** For the host itself: nobody is asked. */
  readonly secrets: {
    /** Wraps every tenant's data key with the primary key of `keys`, and tells which keys are still needed; can be interrupted and called again. */
    rotateKeys(options?: RotateKeysOptions): Promise<RotatedKeys>
  }
  /** For the host itself: nobody is asked. */
  readonly tenants: {
    /** Deletes a tenant with all that it has, remotely too; can be called again. */
    delete(options: { readonly tenantId: string }): Promise<DeletedTenant>
  }
  /** Brings the schema up to date and starts the jobs; from then on this process listens for changes too, where a provider can. */
  start(): Promise<void>
  /** Lets running work end, then stops the jobs and leaves to others what was listened for. The store stays open; it is the host's. */
  stop(): Promise<void>
}

/** The sdk: the core plus one set of verbs under each name that the host gave a provider. */
export type Tenantry<P extends Providers = Providers> = TenantryCore & {
  readonly [Name in keyof P]: ProviderVerbs<Exclude<P[Name], undefined>>
}

/**
 * Makes the sdk. The only place where defaults are chosen.
 * @throws TypeError when an option is missing or wrong, because that is a programming error
 */
export function createTenantry<const P extends Providers>(options: TenantryOptions<P>): Tenantry<P> {
  const context = createContext(options)
  const verbs = Object.entries(options.providers).map(([name, provider]) => [
    name,
    traceVerbs(context, name, providerVerbs(context, provider), { provider: provider.name }),
  ])
  return { ...Object.fromEntries(verbs), ...createCore(context) } as Tenantry<P>
}

function createCore(context: Context): TenantryCore {
  const providers = [...context.providers.values()]
  const maintenance = traceVerbs<TenantryCore['maintenance']>(context, 'maintenance', {
    sweep: (input) => sweep(context, input),
    expiringSoon: (input) => expiringSoon(context, input),
    report: (input) => report(context, input),
  })
  return {
    baseUrl: context.baseUrl,
    allowedOrigins: context.allowedOrigins,
    callbackPaths: [...new Set(providers.map(({ callbackPath }) => callbackPath))],
    pushPaths: [...new Set(providers.map(({ pushPath }) => pushPath))],
    google: traceVerbs<TenantryCore['google']>(context, 'google', {
      status: (input) => status(context, input),
      save: (input) => save(context, input),
      test: (input) => test(context, input),
      reset: (input) => reset(context, input),
      setupScript: (input) => setupScript(context, input),
      provision: (input) => provision(context, input),
      testNotification: (input) => testNotification(context, input),
      supportBundle: (input) => supportBundle(context, input),
    }),
    microsoft: traceVerbs<TenantryCore['microsoft']>(context, 'microsoft', microsoftVerbs(context)),
    connections: traceVerbs(context, 'connections', connectionVerbs(context)),
    flows: traceVerbs<TenantryCore['flows']>(context, 'flows', {
      get: (input) => getFlow(context, input),
      complete: (input) => completeConnect(context, input),
    }),
    push: traceVerbs<TenantryCore['push']>(context, 'push', { receive: (input) => receive(context, input) }),
    maintenance,
    secrets: traceVerbs<TenantryCore['secrets']>(context, 'secrets', { rotateKeys: (input) => rotateKeys(context, input) }),
    tenants: traceVerbs<TenantryCore['tenants']>(context, 'tenants', { delete: (input) => deleteTenant(context, input) }),
    audit: traceVerbs<TenantryCore['audit']>(context, 'audit', {
      list: (input) => listAudit(context, input),
      verify: (input) => verifyAudit(context, input),
    }),
    async start() {
      await context.store.migrate()
      startListening(context)
      await context.jobs.start(() => maintenance.sweep())
    },
    async stop() {
      await context.jobs.stop()
      await stopListening(context)
    },
  }
}
