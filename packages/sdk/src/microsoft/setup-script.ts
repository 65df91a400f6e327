import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { microsoftRedirectUri } from '../model/addresses.ts'
import type { Principal } from '../model/principal.ts'
import { permissionsOf } from '../vendors/microsoft/permissions.ts'
import type { MicrosoftSetupScript } from '../wire/index.ts'
import { hostOffers } from './host-offers.ts'
import { loadBundle } from './load-bundle.ts'
import { writeAzureScript } from './write-azure-script.ts'

/**
 * What registers the app, as commands for Azure Cloud Shell that can be run again and then complete what is there. They print the values that are saved
 * here. @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function setupScript(context: Context, options: { readonly principal: Principal }): Promise<MicrosoftSetupScript> {
  const { principal } = options
  await guard(context, principal, 'microsoft.read')
  const { bundle } = await loadBundle(context, principal.tenantId)
  const { offers } = hostOffers(context)
  const permissionsFor = (grant: 'delegated' | 'app') => [
    ...new Set(offers.flatMap(({ choice, withSmtp }) => (choice.grant === grant ? permissionsOf(withSmtp ?? choice) : []))),
  ]
  const script = writeAzureScript({
    name: `Mail for ${new URL(context.baseUrl).host}`,
    redirectUri: microsoftRedirectUri(context.baseUrl),
    directoryId: bundle.directoryId ?? null,
    clientId: bundle.clientId ?? null,
    delegated: permissionsFor('delegated'),
    application: permissionsFor('app'),
  })
  return { script }
}
