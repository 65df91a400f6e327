import { guard } from '../connections/guard.ts'
import type { Context } from '../context.ts'
import { microsoftRedirectUri } from '../model/addresses.ts'
import { maskEntraClientId } from '../model/entra-app.ts'
import { microsoftFields, missingForMicrosoft } from '../model/microsoft-setup.ts'
import type { MicrosoftBundle } from '../model/microsoft-setup.ts'
import type { Principal } from '../model/principal.ts'
import { daysUntil } from '../model/secret-expiry.ts'
import { describeAddresses } from '../setup/describe-addresses.ts'
import { describeFields } from '../setup/describe-fields.ts'
import { describeGoodbyes } from '../setup/describe-goodbyes.ts'
import { describePermissions } from '../setup/describe-permissions.ts'
import { adminConsentUrl, authorityOf } from '../vendors/microsoft/authority.ts'
import { graphApi, permissionsOf } from '../vendors/microsoft/permissions.ts'
import type { OAuthApp } from '../vendors/vendor.ts'
import type { MailOffer, MicrosoftSetupStatus } from '../wire/index.ts'
import { hostOffers } from './host-offers.ts'
import type { HostOffer } from './host-offers.ts'
import { loadBundle } from './load-bundle.ts'
import { ownConnections } from './own-connections.ts'

/**
 * What is set up, what is missing, and what to show: no secret, no part of one, no length. @throws `forbidden`, `unavailable`, `secrets_unreadable`
 */
export async function status(context: Context, options: { readonly principal: Principal }): Promise<MicrosoftSetupStatus> {
  await guard(context, options.principal, 'microsoft.read')
  return describeSetup(context, options.principal)
}

export async function describeSetup(context: Context, principal: Principal): Promise<MicrosoftSetupStatus> {
  const { tenantId } = principal
  const { bundle, version } = await loadBundle(context, tenantId)
  const missing = missingForMicrosoft(bundle)
  const { offers, relayName, hostApp } = hostOffers(context)
  const { secretExpiresOn = null } = bundle
  return {
    state: missing.length === 0 ? 'configured' : missing.length === microsoftFields.length ? 'missing' : 'partial',
    version,
    cloud: bundle.cloud,
    directoryId: bundle.directoryId ?? null,
    maskedClientId: bundle.clientId === undefined ? null : maskEntraClientId(bundle.clientId),
    secretExpiresOn,
    secretDaysLeft: secretExpiresOn === null ? null : daysUntil(secretExpiresOn, context.clock.now()),
    fields: await describeFields(context, tenantId, microsoftFields, bundle),
    missing,
    redirectUri: microsoftRedirectUri(context.baseUrl),
    ...describeAddresses(context),
    adminConsentUrl: consentUrlOf(context, bundle),
    offers: offers.map(describeOffer),
    relayName,
    hostApp: hostApp && { adminConsentUrl: consentUrlFor(context, hostApp) },
    connections: (await ownConnections(context, tenantId)).length,
    goodbye: await describeGoodbyes(context, tenantId, 'microsoft'),
    permissions: await describePermissions(context, principal, 'microsoft'),
  }
}

/** The approval belongs to no sign-in, so it carries no state, and nothing of ours hangs on how it ends. */
export function consentUrlOf({ microsoft, baseUrl }: Context, { cloud, clientId, directoryId }: MicrosoftBundle): string | null {
  if (microsoft === null || clientId === undefined || directoryId === undefined) return null
  const clouds = microsoft.endpoints[cloud]
  return consentUrlFor({ baseUrl }, { clientId, endpoints: authorityOf(clouds, cloud, directoryId), resources: clouds.resources })
}

function consentUrlFor(
  { baseUrl }: Pick<Context, 'baseUrl'>,
  { clientId, endpoints, resources }: Pick<OAuthApp, 'clientId' | 'endpoints' | 'resources'>,
): string {
  return adminConsentUrl(endpoints, { clientId, graph: resources?.['graph'] ?? '', redirectUri: microsoftRedirectUri(baseUrl) })
}

function describeOffer({ send, receive, preset, choice, withSmtp }: HostOffer): MailOffer {
  const describe = (names: readonly string[]) => names.map((name) => ({ api: graphApi.name, name }))
  const permissions = permissionsOf(choice)
  const more = withSmtp && permissionsOf(withSmtp).filter((name) => !permissions.includes(name))
  return {
    send,
    receive,
    preset,
    grant: choice.grant,
    permissions: describe(permissions),
    oversizePermissions: more && describe(more),
  }
}
