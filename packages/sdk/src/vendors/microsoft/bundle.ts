import * as z from 'zod/mini'
import { isTenantryError, TenantryError } from '../../errors/index.ts'
import { parseDirectoryId } from '../../model/directory-id.ts'
import { emptyMicrosoftBundle, microsoftClouds, microsoftFields, missingForMicrosoft } from '../../model/microsoft-setup.ts'
import type { MicrosoftBundle, MicrosoftCloud } from '../../model/microsoft-setup.ts'
import { Secret } from '../../model/secret.ts'
import type { MicrosoftEndpoints } from '../../ports/index.ts'
import type { OAuthApp } from '../vendor.ts'
import { authorityOf } from './authority.ts'

const text = z.optional(z.string())

const bundleSchema = z.object({
  cloud: z.enum(microsoftClouds),
  clientId: text,
  clientSecret: text,
  // It becomes a part of addresses, whoever wrote it.
  directoryId: z.optional(z.string().check(z.refine(isDirectoryId))),
  secretExpiresOn: text,
  stamps: z.partialRecord(z.enum(microsoftFields), z.object({ updatedAt: z.number(), updatedBy: z.string() })),
})

/** Reads what {@link writeBundle} wrote. @throws `secrets_unreadable` */
export function readBundle(stored: string | null): MicrosoftBundle {
  if (stored === null || stored === '') return emptyMicrosoftBundle
  try {
    return bundleSchema.parse(JSON.parse(stored)) as MicrosoftBundle
  } catch {
    // The parser's message quotes the secret.
    throw new TenantryError('secrets_unreadable')
  }
}

export function writeBundle(bundle: MicrosoftBundle): Secret {
  return new Secret(JSON.stringify(bundle))
}

/** The tenant's app where its cloud and directory are. @throws `microsoft_not_configured` */
export function resolveMicrosoftApp(
  clouds: Readonly<Record<MicrosoftCloud, MicrosoftEndpoints>>,
  bundle: MicrosoftBundle,
  version: string,
): OAuthApp {
  const { cloud, clientId, clientSecret, directoryId } = bundle
  if (clientId === undefined || clientSecret === undefined || directoryId === undefined)
    throw new TenantryError('microsoft_not_configured', { values: { missing: missingForMicrosoft(bundle).join(', ') } })
  return {
    clientId,
    clientSecret: new Secret(clientSecret),
    version,
    endpoints: authorityOf(clouds[cloud], cloud, directoryId),
    resources: clouds[cloud].resources,
  }
}

function isDirectoryId(value: string): boolean {
  try {
    return parseDirectoryId(value) === value
  } catch (error) {
    if (isTenantryError(error)) return false
    throw error
  }
}
