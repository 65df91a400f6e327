import type { Context } from '../context.ts'
import type { AnyProvider } from '../providers/provider.ts'

/** Counts a token endpoint's answer for all processes, so that a vendor that errs is told from grants that died. @throws `unavailable` */
export async function noteAnswer(context: Context, tenantId: string, provider: AnyProvider, outcome: 'ok' | 'refused'): Promise<void> {
  const vendor = provider.vendor.name
  context.telemetry.count('tenantry.refresh', 1, { vendor, outcome })
  await context.store.refreshes.note({ tenantId, vendor, at: context.clock.now(), refused: outcome === 'refused' })
}
