import { readGuid } from '../../model/guid.ts'
import type { MicrosoftCloud } from '../../model/microsoft-setup.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import type { OAuthApp, Vendor } from '../vendor.ts'
import { adminConsentUrl, issuerFor } from './authority.ts'
import { readBundle, resolveMicrosoftApp } from './bundle.ts'
import { identityScopes } from './permissions.ts'
import { classifyMicrosoft, microsoftCallbackError } from './refusals.ts'

/** What Microsoft's providers share. @param endpoints where each cloud is */
export function createMicrosoftVendor(endpoints: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>): Vendor {
  return {
    name: 'microsoft',
    title: 'Microsoft',
    identityScopes,
    namesScopes: true,
    authorizationParameters: ({ loginHint }) => ({
      response_mode: 'query',
      // Entra asks for what is missing by itself. Asking for consent turns people away whose administrator approved the app for them.
      prompt: 'select_account',
      ...(loginHint !== undefined && { login_hint: loginHint }),
    }),
    issuers({ endpoints: own }, { tid }) {
      const issuer = tid === undefined && !own.issuer.includes('{tid}') ? own.issuer : issuerFor(own, tid)
      return issuer === null ? [] : [issuer]
    },
    readAccount({ iss, tid, oid, preferred_username: name, email }, app) {
      const person = typeof oid === 'string' ? readGuid(oid) : null
      const address = [name, email].find((text): text is string => typeof text === 'string' && text.includes('@'))
      if (person === null || address === undefined || iss !== issuerFor(app.endpoints, tid)) return null
      return { subject: `${String(tid).toLowerCase()}/${person}`, address }
    },
    resolveApp: (bundle, version) => resolveMicrosoftApp(endpoints, readBundle(bundle), version),
    adminConsentUrl: ({ clientId, endpoints: { authorization }, resources }, input) =>
      adminConsentUrl({ authorization }, { clientId, graph: resources?.['graph'] ?? '', ...input }),
    readAdminConsent(params, app) {
      const [consent, tenant] = [params.getAll('admin_consent'), params.getAll('tenant')]
      if (consent.length !== 1 || consent[0]?.toLowerCase() !== 'true' || tenant.length !== 1) return null
      return appAccount(app, tenant[0])
    },
    granteeOf: ({ clientId }) => clientId,
    callbackError: microsoftCallbackError,
    classify: classifyMicrosoft,
  }
}

/** An app that acts for itself, named as Microsoft names its principals. */
function appAccount({ clientId, endpoints }: OAuthApp, tenant: string | undefined): { subject: string; address: string } | null {
  if (tenant === undefined || issuerFor(endpoints, tenant) === null) return null
  const directory = tenant.toLowerCase()
  return { subject: `${directory}/${clientId}`, address: `${clientId}@${directory}` }
}
