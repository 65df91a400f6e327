import { readGuid } from '../../model/guid.ts'
import type { MicrosoftCloud } from '../../model/microsoft-setup.ts'
import type { Secret } from '../../model/secret.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import { authorityOf } from '../../vendors/microsoft/authority.ts'
import type { OAuthApp } from '../../vendors/vendor.ts'

/**
 * An Entra app of the host's own that organizations may choose instead of one of theirs. Registered for "accounts in any organizational directory", with the
 * delegated permissions of what is offered; source: learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps.
 */
export interface HostApp {
  /** A GUID. */
  readonly clientId: string
  readonly clientSecret: Secret
  /** Default `global`. */
  readonly cloud?: MicrosoftCloud
  /** Another one with each new secret, so that an app that was refused is asked again at once. Default `1`. */
  readonly version?: string
}

/** Any organization's people sign in with it: whose, their own id token tells. @throws TypeError for an id that is none: a programming error */
export function resolveHostApp(
  clouds: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>,
  { clientId, clientSecret, cloud = 'global', version = '1' }: HostApp,
): OAuthApp {
  const guid = readGuid(clientId)
  if (guid === null) throw new TypeError('microsoftSharedMailbox: hostApp.clientId is no application (client) id')
  return {
    clientId: guid,
    clientSecret,
    version: `host/${guid}/${version}`,
    endpoints: authorityOf(clouds[cloud], cloud, 'organizations'),
    resources: clouds[cloud].resources,
  }
}
