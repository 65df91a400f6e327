import type { Context } from '../context.ts'
import { providerNamed } from '../context.ts'
import { isTenantryError } from '../errors/index.ts'
import type { CheckId } from '../model/check.ts'
import type { Connection } from '../model/connection.ts'
import { fixOf } from '../model/fix-of.ts'
import type { Principal } from '../model/principal.ts'
import type { AnyProvider } from '../providers/provider.ts'
import type { CheckReport } from '../wire/index.ts'
import { checkConnection } from './check-connection.ts'
import { loadGuarded } from './guard.ts'
import { providerCall } from './provider-call.ts'
import { resolveApp } from './resolve-app.ts'
import { runChecks } from './run-checks.ts'

export interface DiagnoseOptions {
  readonly principal: Principal
  readonly connectionId: string
  /** Answers these alone; what they need is run too. */
  readonly checks?: readonly CheckId[] | undefined
}

/** Checks one connection against the provider's live answers. @throws `not_found`, `forbidden`, `unavailable` */
export async function diagnose(context: Context, options: DiagnoseOptions): Promise<CheckReport> {
  const connection = await loadGuarded(context, options.principal, 'connection.diagnose', options.connectionId)
  const provider = providerNamed(context, connection.provider)
  const own = provider.checks?.(providerCall(context, provider, connection, { paced: false })) ?? []
  const project = await projectOf(context, provider, connection)
  return runChecks(context, [...checkConnection(context, provider, connection), ...own], {
    only: options.checks,
    fixOf: (code, values) => fixOf(code, values, project),
  })
}

/** The number of the project that the app belongs to, with which Google begins a client id; only links are made of it. */
async function projectOf(context: Context, provider: AnyProvider, connection: Connection): Promise<string | null> {
  try {
    const { clientId } = await resolveApp(context, connection, provider)
    return /^(\d+)-/.exec(clientId)?.[1] ?? null
  } catch (error) {
    // What is wrong with the app is a check's to say.
    if (isTenantryError(error)) return null
    throw error
  }
}
