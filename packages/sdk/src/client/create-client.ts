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
} from '../wire/index.ts'
import { call } from './call.ts'
import type { ClientOptions } from './call.ts'

type Options = { readonly signal?: AbortSignal | undefined }

/** The browser's side of the contract. No secret can come out of any of its types. */
export interface TenantryClient {
  readonly google: {
    status(options?: Options): Promise<GoogleSetupStatus>
    save(changes: GoogleChanges): Promise<GoogleSetupStatus>
    test(options?: Options): Promise<CheckReport>
    reset(input: { credentials: 'keep' | 'delete' }): Promise<ResetResult>
    setupScript(options?: Options): Promise<string>
  }
  readonly connections: {
    list(filter?: { provider?: string }, options?: Options): Promise<readonly ConnectionSummary[]>
    get(id: string, options?: Options): Promise<ConnectionSummary>
    connect(input: ConnectInput): Promise<ConnectResult>
    reconnect(id: string, input?: { returnTo?: string }): Promise<ConnectResult>
    update(id: string, input: UpdateInput): Promise<ConnectionSummary>
    disconnect(id: string): Promise<ConnectionSummary>
    remove(id: string): Promise<void>
    sync(id: string): Promise<ConnectionSummary>
    diagnose(id: string, options?: Options): Promise<CheckReport>
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
      test: ({ signal } = {}) => call(options, 'google.test', { signal }),
      reset: (input) => call(options, 'google.reset', { body: input }),
      setupScript: async ({ signal } = {}) => (await call(options, 'google.setupScript', { signal })).script,
    },
    connections: {
      list: async (filter = {}, { signal } = {}) =>
        (await call(options, 'connections.list', { query: { provider: filter.provider }, signal })).connections,
      get: (id, { signal } = {}) => call(options, 'connections.get', { id, signal }),
      connect: (input) => call(options, 'connections.connect', { body: input }),
      reconnect: (id, input = {}) => call(options, 'connections.reconnect', { id, body: input }),
      update: (id, input) => call(options, 'connections.update', { id, body: input }),
      disconnect: (id) => call(options, 'connections.disconnect', { id }),
      remove: async (id) => {
        await call(options, 'connections.remove', { id })
      },
      sync: (id) => call(options, 'connections.sync', { id }),
      diagnose: (id, { signal } = {}) => call(options, 'connections.diagnose', { id, signal }),
    },
    flows: {
      get: (id, { signal } = {}) => call(options, 'flows.get', { id, signal }),
    },
  }
}
