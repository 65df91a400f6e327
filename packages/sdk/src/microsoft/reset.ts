import { tryFirst } from '../connections/goodbye/try-first.ts'
import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import { connectionPasses, resetApp } from '../setup/reset-app.ts'
import type { MicrosoftResetResult } from '../wire/index.ts'
import { describeSetup } from './status.ts'

interface ResetOptions {
  readonly principal: Principal
  readonly credentials?: 'keep' | 'delete'
}

/**
 * Disconnects every Microsoft connection of the tenant, and with `delete` forgets the app as well. Final here at once, even when Microsoft is down; Microsoft
 * is told within the call when that works, and otherwise as soon as it answers: see `goodbye` of the status. Microsoft takes no sign-in back by itself: the
 * app stays in the directory until an administrator removes it there. After a failure, call it again. @throws `forbidden`, `unavailable`
 */
export async function reset(context: Context, { principal, credentials = 'keep' }: ResetOptions): Promise<MicrosoftResetResult> {
  await guard(context, principal, 'microsoft.reset')
  const result = await resetApp(context, {
    principal,
    vendor: 'microsoft',
    credentials,
    reason: 'microsoft_reset',
    say: (records) => tryFirst(context, records, connectionPasses(context)),
  })
  return { ...result, status: await describeSetup(context, principal) }
}
