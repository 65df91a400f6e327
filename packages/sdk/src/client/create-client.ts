import type {
  CheckId,
  CheckReport,
  Choices,
  ConnectInput,
  ConnectionSummary,
  ConnectResult,
  DisconnectInput,
  FlowStatus,
  GoogleChanges,
  GoogleSetupStatus,
  MicrosoftChanges,
  MicrosoftResetResult,
  MicrosoftSetupStatus,
  ResetResult,
  SupportBundle,
  SupportBundleInput,
  TestNotification,
  UpdateInput,
} from '../wire/index.ts'
import { call } from './call.ts'
import type { ClientOptions } from './call.ts'

type Options = { readonly signal?: AbortSignal | undefined }

/** Runs these checks alone; what they wait for is run too, and not answered. */
type CheckOptions = Options & { readonly checks?: readonly CheckId[] | undefined }

/** The browser's side of the contract. No secret can come out of any of its types. */
export interface TenantryClient {
  readonly google: {
    status(options?: Options): Promise<GoogleSetupStatus>
    save(changes: GoogleChanges): Promise<GoogleSetupStatus>
    test(options?: CheckOptions): Promise<CheckReport>
    reset(input: { credentials: 'keep' | 'delete' }): Promise<ResetResult>
    /** For Cloud Shell, or the same for Terraform. */
    setupScript(options?: Options & { readonly as?: 'cloud_shell' | 'terraform' }): Promise<string>
    provision(): Promise<GoogleSetupStatus>
    testNotification(): Promise<TestNotification>
    supportBundle(input?: SupportBundleInput): Promise<SupportBundle>
  }
  readonly microsoft: {
    status(options?: Options): Promise<MicrosoftSetupStatus>
    save(changes: MicrosoftChanges): Promise<MicrosoftSetupStatus>
    test(options?: CheckOptions): Promise<CheckReport>
    reset(input: { credentials: 'keep' | 'delete' }): Promise<MicrosoftResetResult>
    /** For Azure Cloud Shell. */
    setupScript(options?: Options): Promise<string>
  }
  readonly connections: {
    list(filter?: { provider?: string }, options?: Options): Promise<readonly ConnectionSummary[]>
    get(id: string, options?: Options): Promise<ConnectionSummary>
    connect(input: ConnectInput): Promise<ConnectResult>
    reconnect(id: string, input?: { returnTo?: string; settings?: Record<string, unknown> }): Promise<ConnectResult>
    update(id: string, input: UpdateInput): Promise<ConnectionSummary>
    disconnect(id: string, input?: DisconnectInput): Promise<ConnectionSummary>
    remove(id: string): Promise<void>
    sync(id: string): Promise<ConnectionSummary>
    diagnose(id: string, options?: CheckOptions): Promise<CheckReport>
    choices(id: string, options?: Options): Promise<Choices>
    /** A second connection on the same sign-in: `name` plus the provider's own settings. */
    connectAnother(id: string, input: { settings: Record<string, unknown> }): Promise<ConnectionSummary>
    repair(id: string): Promise<ConnectionSummary>
    redrive(id: string): Promise<{ redriven: number }>
    /** To whoever signed in. */
    testMessage(id: string): Promise<{ to: string }>
    supportBundle(id: string, input?: SupportBundleInput): Promise<SupportBundle>
  }
  readonly flows: {
    get(id: string, options?: Options): Promise<FlowStatus>
  }
}

/** Makes the typed client for the handler's routes. Every method throws a TenantryError with the server's code. */
export function createClient(options: ClientOptions = {}): TenantryClient {
  return {
    google: {
      status: ({ signal } = {}) => call(options, 'google.status', { signal }),
      save: (changes) => call(options, 'google.save', { body: changes }),
      test: ({ checks, signal } = {}) => call(options, 'google.test', { body: { checks }, signal }),
      reset: (input) => call(options, 'google.reset', { body: input }),
      setupScript: async ({ signal, as = 'cloud_shell' } = {}) => {
        const { script, terraform } = await call(options, 'google.setupScript', { signal })
        return as === 'terraform' ? terraform : script
      },
      provision: () => call(options, 'google.provision'),
      testNotification: () => call(options, 'google.testNotification'),
      supportBundle: (input = {}) => call(options, 'google.supportBundle', { body: input }),
    },
    microsoft: {
      status: ({ signal } = {}) => call(options, 'microsoft.status', { signal }),
      save: (changes) => call(options, 'microsoft.save', { body: changes }),
      test: ({ checks, signal } = {}) => call(options, 'microsoft.test', { body: { checks }, signal }),
      reset: (input) => call(options, 'microsoft.reset', { body: input }),
      setupScript: async ({ signal } = {}) => (await call(options, 'microsoft.setupScript', { signal })).script,
    },
    connections: {
      list: async (filter = {}, { signal } = {}) =>
        (await call(options, 'connections.list', { query: { provider: filter.provider }, signal })).connections,
      get: (id, { signal } = {}) => call(options, 'connections.get', { id, signal }),
      connect: (input) => call(options, 'connections.connect', { body: input }),
      reconnect: (id, input = {}) => call(options, 'connections.reconnect', { id, body: input }),
      update: (id, input) => call(options, 'connections.update', { id, body: input }),
      disconnect: (id, input = {}) => call(options, 'connections.disconnect', { id, body: input }),
      remove: async (id) => {
        await call(options, 'connections.remove', { id })
      },
      sync: (id) => call(options, 'connections.sync', { id }),
      diagnose: (id, { checks, signal } = {}) => call(options, 'connections.diagnose', { id, body: { checks }, signal }),
      choices: (id, { signal } = {}) => call(options, 'connections.choices', { id, signal }),
      connectAnother: (id, input) => call(options, 'connections.connectAnother', { id, body: input }),
      repair: (id) => call(options, 'connections.repair', { id }),
      redrive: (id) => call(options, 'connections.redrive', { id }),
      testMessage: (id) => call(options, 'connections.testMessage', { id }),
      supportBundle: (id, input = {}) => call(options, 'connections.supportBundle', { id, body: input }),
    },
    flows: {
      get: (id, { signal } = {}) => call(options, 'flows.get', { id, signal }),
    },
  }
}
