import { isAllowed } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import type { Principal } from '../model/principal.ts'
import type { SecretName } from '../ports/index.ts'

/** What this person may do with the tenant's app of a vendor. */
export async function describePermissions(
  context: Context,
  principal: Principal,
  vendor: SecretName,
): Promise<{ save: boolean; test: boolean; reset: boolean }> {
  return {
    save: await isAllowed(context, principal, `${vendor}.save`),
    test: await isAllowed(context, principal, `${vendor}.test`),
    reset: await isAllowed(context, principal, `${vendor}.reset`),
  }
}
