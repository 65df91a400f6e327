import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { CheckReport, MicrosoftChanges, MicrosoftResetResult, MicrosoftSetupScript, MicrosoftSetupStatus } from '../wire/index.ts'
import { reset } from './reset.ts'
import { save } from './save.ts'
import { setupScript } from './setup-script.ts'
import { status } from './status.ts'
import { test } from './test.ts'
import type { TestOptions } from './test.ts'

interface Principled {
  readonly principal: Principal
}

/** The tenant's own Entra app. */
export interface MicrosoftVerbs {
  status(options: Principled): Promise<MicrosoftSetupStatus>
  save(options: Principled & { readonly changes: MicrosoftChanges }): Promise<MicrosoftSetupStatus>
  /** Checks against what Microsoft says now: all, or those that are named. */
  test(options: TestOptions): Promise<CheckReport>
  reset(options: Principled & { readonly credentials?: 'keep' | 'delete' }): Promise<MicrosoftResetResult>
  setupScript(options: Principled): Promise<MicrosoftSetupScript>
}

export function microsoftVerbs(context: Context): MicrosoftVerbs {
  return {
    status: (input) => status(context, input),
    save: (input) => save(context, input),
    test: (input) => test(context, input),
    reset: (input) => reset(context, input),
    setupScript: (input) => setupScript(context, input),
  }
}
