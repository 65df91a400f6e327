import type { Context } from '../context.ts'
import type { Connection } from '../model/connection.ts'
import type { Principal } from '../model/principal.ts'
import { taskKinds } from '../ports/index.ts'
import type { CheckReport, SupportBundle } from '../wire/index.ts'
import { describeSettings } from './describe-settings.ts'
import { diagnose } from './diagnose.ts'
import { loadGuarded } from './guard.ts'
import { createRedactor } from './redact.ts'
import { summarize } from './summarize.ts'
import { readRun } from './sync-run.ts'

export interface SupportBundleOptions {
  readonly principal: Principal
  readonly connectionId: string
  /** Keeps e-mail addresses as they are. Default: the part in front of each @ is hashed. */
  readonly addresses?: boolean | undefined
}

/**
 * The connection checks and what is stored around them, as JSON for whoever helps: no secret, no token, no content, and no text that a person wrote.
 * @throws `not_found`, `forbidden`, `unavailable`
 */
export async function supportBundle(context: Context, options: SupportBundleOptions): Promise<SupportBundle> {
  const { principal, connectionId, addresses = false } = options
  const report = await diagnose(context, { principal, connectionId })
  // Read after the checks, which may have changed its status.
  const connection = await loadGuarded(context, principal, 'connection.diagnose', connectionId)
  const bundle = {
    product: { name: 'Tenantry' },
    environment: context.environment,
    connection: await describeConnection(context, principal, connection),
    checks: describeChecks(report),
    ...(await describeWork(context, connection)),
  }
  return seal(context, principal.tenantId, { bundle, addresses })
}

/** Dates it and takes people out, unless they were asked for. */
export async function seal(
  context: Context,
  tenantId: string,
  { bundle, addresses }: { readonly bundle: Record<string, unknown>; readonly addresses: boolean },
): Promise<SupportBundle> {
  const redactor = await createRedactor(context, tenantId)
  const shown = addresses ? bundle : ((await redactor.redact(bundle)) as Record<string, unknown>)
  return { version: 1, createdAt: new Date(context.clock.now()).toISOString(), bundle: shown }
}

export function describeChecks({ startedAt, finishedAt, checks }: CheckReport): Record<string, unknown> {
  return { startedAt, finishedAt, results: checks.map((check) => ({ ...check, values: withoutNames(check.values) })) }
}

/** What fills a failure's words, save what a person called something. */
export function withoutNames({ label: _label, name: _name, ...values }: Readonly<Record<string, string>>): Record<string, string> {
  return values
}

async function describeConnection(context: Context, principal: Principal, connection: Connection): Promise<Record<string, unknown>> {
  const { id, provider, address, health, technical, createdAt, updatedAt, version } = await summarize(context, principal, connection)
  const { generation, appVersion, grantedScopes } = connection
  return {
    id,
    provider,
    address,
    createdAt,
    updatedAt,
    version,
    generation,
    appVersion,
    grantedScopes,
    technical,
    health: { ...health, values: withoutNames(health.values) },
    settings: describeSettings(connection),
  }
}

async function describeWork({ store, providers }: Context, { tenantId, id, provider }: Connection): Promise<Record<string, unknown>> {
  const [tasks, subscriptions, state, token, pending, done, quarantined, received] = await Promise.all([
    Promise.all(taskKinds.map((kind) => store.tasks.get(tenantId, id, kind))),
    store.subscriptions.list(tenantId, id),
    store.syncStates.get(tenantId, id),
    store.tokens.get(tenantId, id),
    store.outbox.count(tenantId, id, 'pending'),
    store.outbox.count(tenantId, id, 'done'),
    store.outbox.count(tenantId, id, 'quarantined'),
    store.inbox.count(tenantId, id),
  ])
  const renewAt = providers.get(provider)?.renewAt
  const run = readRun(state?.run ?? null)
  return {
    tasks: tasks.flatMap((task) => (task === null ? [] : [{ kind: task.kind, dueAt: iso(task.dueAt), attempts: task.attempts }])),
    subscriptions: subscriptions.map((record) => ({
      state: record.state,
      target: record.target,
      openedAt: iso(record.createdAt),
      renewAt: iso(renewAt?.(record) ?? null),
      expiresAt: iso(record.expiresAt),
    })),
    outbox: { pending, done, quarantined },
    inbox: { received },
    sync: {
      // A history id is a number; any other place is opaque, so only that there is one is told.
      cursor: state === null || state.cursor === null ? null : /^\d{1,20}$/.test(state.cursor) ? state.cursor : '(opaque)',
      run: run === null ? null : { mode: run.mode, count: run.count },
      requested: state?.requested ?? 0,
      processed: state?.processed ?? 0,
    },
    grant: {
      grantedAt: iso(token?.grantedAt ?? null),
      accessEndsAt: iso(token?.accessExpiresAt ?? null),
      signInEndsAt: iso(token?.refreshExpiresAt ?? null),
    },
  }
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
