import { TenantryError } from '../errors/index.ts'
import type { DataKeyPlace, DataKeyRecord, DataKeyWrapping, KeyProvider } from '../ports/index.ts'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { equalBytes } from './equal-bytes.ts'

/** Of everything that is sealed or wrapped here. */
export const format = 'tn1'

export const dataKeyBytes = 32

/** What data keys are wrapped with, and for. */
export interface DataKeyWrap {
  readonly keys: KeyProvider
  readonly environment: string
}

/** Wraps a data key with the primary key, for its place: moved to another tenant or environment it does not unwrap. */
export async function wrapDataKey({ keys, environment }: DataKeyWrap, place: DataKeyPlace, key: Uint8Array): Promise<DataKeyWrapping> {
  const { keyId, wrapped } = await keys.wrap(key, contextOf(environment, place))
  return { keyId, wrapped: encodeBase64Url(wrapped) }
}

/** @throws `secrets_unreadable` when its wrapping was moved or altered, or the key that wrapped it is gone; `unavailable` */
export async function unwrapDataKey({ keys, environment }: DataKeyWrap, record: DataKeyPlace & DataKeyWrapping): Promise<Uint8Array> {
  const wrapped = decodeBase64Url(record.wrapped)
  if (wrapped === null) throw new TenantryError('secrets_unreadable')
  const key = await keys.unwrap({ keyId: record.keyId, wrapped }, contextOf(environment, record))
  if (key.length !== dataKeyBytes) throw new TenantryError('secrets_unreadable')
  return key
}

/** The same data key, wrapped with the primary key. @throws as {@link unwrapDataKey}, `internal` when what was wrapped does not come back */
export async function rewrapDataKey(wrap: DataKeyWrap, record: DataKeyRecord): Promise<DataKeyWrapping> {
  const key = await unwrapDataKey(wrap, record)
  const wrapping = await wrapDataKey(wrap, record, key)
  // It will replace the only copy, so it is read back first.
  if (!equalBytes(key, await unwrapDataKey(wrap, { ...record, ...wrapping }))) throw new TenantryError('internal')
  return wrapping
}

const contextOf = (environment: string, { tenantId, id }: DataKeyPlace): string =>
  JSON.stringify([format, 'data-key', environment, tenantId, id])
