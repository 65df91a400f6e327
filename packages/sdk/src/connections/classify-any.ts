import type { Context } from '../context.ts'
import { isTenantryError, ProviderRefusal, TenantryError } from '../errors/index.ts'

/** Our error for anything that a provider or a bug threw. */
export function classifyAny(context: Context, error: unknown): TenantryError {
  if (isTenantryError(error)) return error
  if (error instanceof ProviderRefusal) {
    const vendor = [...context.providers.values()].find((provider) => provider.vendor.name === error.vendor)?.vendor
    if (vendor !== undefined) return vendor.classify(error).error
  }
  context.logger.log('error', 'crashed', { name: error instanceof Error ? error.name : 'unknown' })
  return new TenantryError('internal')
}
