import { microsoftClouds } from '../../model/microsoft-setup.ts'
import type { MicrosoftCloud } from '../../model/microsoft-setup.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import type { OAuthApp } from '../vendor.ts'

/** What issuers begin with, also when the endpoints are a sandbox's. Source: learn.microsoft.com/entra/identity-platform/authentication-national-cloud. */
export const microsoftIssuers: Readonly<Record<MicrosoftCloud, string>> = {
  global: 'https://login.microsoftonline.com',
  us_gov_high: 'https://login.microsoftonline.us',
  us_gov_dod: 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
}

/** Which cloud serves an app: no two have one Graph. @throws TypeError for an app of other endpoints: a programming error */
export function cloudOf(endpoints: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>, { resources }: OAuthApp): MicrosoftCloud {
  const cloud = microsoftClouds.find((candidate) => endpoints[candidate].resources.graph === resources?.['graph'])
  if (cloud === undefined) throw new TypeError('no cloud of Microsoft serves this app')
  return cloud
}
