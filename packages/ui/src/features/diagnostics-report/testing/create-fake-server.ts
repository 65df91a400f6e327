import type { TenantryClient } from '@tenantry/sdk/client'
import type { TenantryError } from '@tenantry/sdk/errors'
import type { Check, CheckId, CheckReport, SupportBundle } from '@tenantry/sdk/wire'

type Operation = 'test' | 'diagnose' | 'provision' | 'repair' | 'sync' | 'redrive' | 'bundle'

export interface FakeDiagnostics {
  readonly client: TenantryClient
  /** What arrived, in order, for example `diagnose con_1 watch,delivery`. */
  readonly calls: string[]
  checks: Check[]
  /** What the next fix brings about. */
  onFix: () => void
  /** Thrown by the next call of this operation. */
  fail: Partial<Record<Operation, TenantryError>>
  /** Calls wait while this stands. */
  hold: Promise<void> | null
}

/** A server in memory that checks what the test says. */
export function createFakeDiagnostics(checks: Check[], more: Partial<Pick<FakeDiagnostics, 'onFix' | 'fail' | 'hold'>> = {}) {
  const answer = async <Value>(operation: Operation, call: string, act: () => Value): Promise<Value> => {
    server.calls.push(call.trim())
    if (server.hold) await server.hold
    const error = server.fail[operation]
    if (!error) return act()
    delete server.fail[operation]
    throw error
  }
  const report = (ids: readonly CheckId[] | undefined): CheckReport => ({
    startedAt: '2026-11-21T07:58:56.800Z',
    finishedAt: '2026-11-21T07:59:00.000Z',
    checks: server.checks.filter(({ id }) => !ids || ids.includes(id)),
  })
  const fixing = (operation: 'provision' | 'repair' | 'sync' | 'redrive') => (id?: string) =>
    answer(operation, `${operation} ${id ?? ''}`, () => {
      server.onFix()
      return {}
    })
  const bundle = (name: string, addresses: boolean | undefined) =>
    answer('bundle', `${name} ${addresses === true ? 'with' : 'without'} addresses`, (): SupportBundle => {
      const account = addresses === true ? 'dana@acme.test' : 'h_3f9c@acme.test'
      return { version: 1, createdAt: '2026-11-21T08:00:00.000Z', bundle: { account } }
    })
  const server: FakeDiagnostics = {
    client: {
      google: {
        test: (options?: { checks?: CheckId[] }) => answer('test', `test ${options?.checks?.join() ?? ''}`, () => report(options?.checks)),
        provision: fixing('provision'),
        supportBundle: (input: { addresses?: boolean }) => bundle('bundle', input.addresses),
      },
      connections: {
        diagnose: (id: string, options?: { checks?: CheckId[] }) =>
          answer('diagnose', `diagnose ${id} ${options?.checks?.join() ?? ''}`, () => report(options?.checks)),
        repair: fixing('repair'),
        sync: fixing('sync'),
        redrive: fixing('redrive'),
        supportBundle: (id: string, input: { addresses?: boolean }) => bundle(`bundle ${id}`, input.addresses),
      },
    } as unknown as TenantryClient,
    calls: [],
    checks,
    onFix: () => undefined,
    fail: {},
    hold: null,
    ...more,
  }
  return server
}

/** A check; what is left out does not apply to it. */
export function makeCheck(id: CheckId, status: Check['status'], more: Partial<Check> = {}): Check {
  return {
    id,
    status,
    code: null,
    values: {},
    expected: null,
    actual: null,
    facts: {},
    fix: null,
    blockedBy: null,
    durationMs: 120,
    ...more,
  }
}
