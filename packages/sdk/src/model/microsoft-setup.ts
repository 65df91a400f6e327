import type { FieldStamp } from './google-setup.ts'

/** Microsoft's clouds: the worldwide one, those of the US government, and the one that 21Vianet runs in China. */
export const microsoftClouds = ['global', 'us_gov_high', 'us_gov_dod', 'china'] as const

export type MicrosoftCloud = (typeof microsoftClouds)[number]

/** The requirements' secret names, which are the field names of the one `microsoft` bundle. */
export const microsoftSecretNames = {
  clientId: 'microsoft_client_id',
  clientSecret: 'microsoft_client_secret',
  directoryId: 'microsoft_tenant_id',
} as const

export type MicrosoftField = keyof typeof microsoftSecretNames

export const microsoftFields = Object.keys(microsoftSecretNames) as MicrosoftField[]

/** A tenant's Entra app as it lies in the secrets provider: one secret, one version. */
export interface MicrosoftBundle {
  readonly cloud: MicrosoftCloud
  readonly clientId?: string
  readonly clientSecret?: string
  /** The Entra directory: a GUID, or one of its verified domains. Microsoft calls it the tenant. */
  readonly directoryId?: string
  /** When the client secret ends, `2027-01-31`, as the admin typed it; Microsoft does not tell. */
  readonly secretExpiresOn?: string
  readonly stamps: Readonly<Partial<Record<MicrosoftField, FieldStamp>>>
}

export const emptyMicrosoftBundle: MicrosoftBundle = { cloud: 'global', stamps: {} }

/** What is missing before anyone can connect, in the order of the panel. */
export function missingForMicrosoft(bundle: MicrosoftBundle): MicrosoftField[] {
  return (['directoryId', 'clientId', 'clientSecret'] as const).filter((field) => bundle[field] === undefined)
}
