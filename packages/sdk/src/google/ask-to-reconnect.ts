import type { Context } from '../context.ts'
import type { GoogleBundle, GoogleService } from '../model/google-setup.ts'
import { askToReconnect as ask } from '../setup/ask-to-reconnect.ts'
import type { SavedBundle } from '../setup/save-bundle.ts'
import { clientIdOf } from '../vendors/google/bundle.ts'

/** Where a service has another OAuth client now, its connections ask for a new sign-in. */
export async function askToReconnect(
  context: Context,
  tenantId: string,
  { before, after, version }: SavedBundle<GoogleBundle>,
): Promise<void> {
  const clientOf = (service: GoogleService) => ({
    from: clientIdOf(before, service),
    to: clientIdOf(after, service),
    isUsedBy: ({ provider }: { readonly provider: string }) => {
      const its = context.providers.get(provider)
      return its?.vendor.name === 'google' && its.service === service
    },
  })
  await ask(context, tenantId, { clients: [clientOf('gmail'), clientOf('calendar')], version })
}
