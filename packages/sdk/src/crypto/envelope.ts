import { isTenantryError, TenantryError } from '../errors/index.ts'
import { systemTenantId } from '../model/principal.ts'
import { revealSecret, Secret } from '../model/secret.ts'
import type { Clock, Crypto, DataKeyRecord, DataKeyRepository, DataKeyWrapping, KeyProvider, Random } from '../ports/index.ts'
import { decodeBase64Url, decodeText, encodeBase64Url, encodeText } from './base64url.ts'
import { dataKeyBytes, format, rewrapDataKey, unwrapDataKey, wrapDataKey } from './data-key.ts'

/** Names the one place where a sealed value belongs. A value moved to another place does not open. */
export interface SealContext {
  readonly tenantId: string
  readonly table: string
  readonly rowId: string
  readonly field: string
  readonly version: number | string
}

/** Works with one tenant's key without touching the store, so that it can be used inside a transaction. */
export interface Sealer {
  seal(context: SealContext, plaintext: Secret): Promise<string>
  /** The same for bytes, which need no text form. */
  sealBytes(context: SealContext, bytes: Uint8Array): Promise<Uint8Array>
  /** The key of a tenant's audit log. Derived from the installation's own data key, so that the log outlives the tenant's. */
  auditKey(tenantId: string): Promise<Uint8Array>
}

export interface Envelope extends Sealer {
  /** Loads the tenant's data key; makes one for a tenant that has none. */
  sealerFor(tenantId: string): Promise<Sealer>
  /** @throws `secrets_unreadable` when the value was moved, altered, or its key is gone; `unavailable` when the key provider is */
  open(context: SealContext, sealed: string): Promise<Secret>
  /** @throws as `open` */
  openBytes(context: SealContext, sealed: Uint8Array): Promise<Uint8Array>
  /** A key for one purpose, derived from the tenant's data key (RFC 5869). */
  deriveKey(tenantId: string, purpose: string): Promise<Uint8Array>
  /** Destroys the tenant's data keys, so that nothing of it opens any more; another process may hold one for ten minutes. @throws `unavailable` */
  destroyKeys(tenantId: string): Promise<void>
  /** The key-encryption key that wraps new data keys. */
  primaryKeyId(): string
  /** Unwraps a data key, and keeps nothing of it. @throws `secrets_unreadable`, `unavailable` */
  checkKey(record: DataKeyRecord): Promise<void>
  /** The same data key, wrapped with the primary key and read back. The store has it as it was. @throws as `checkKey`, `internal` */
  rewrapKey(record: DataKeyRecord): Promise<DataKeyWrapping>
}

export interface EnvelopeOptions {
  readonly keys: KeyProvider
  readonly dataKeys: DataKeyRepository
  readonly crypto: Crypto
  readonly random: Random
  readonly clock: Clock
  readonly environment: string
}

const cacheLimit = 1000
const cacheMs = 10 * 60_000

interface OpenKey {
  readonly tenantId: string
  readonly id: string
  readonly key: Uint8Array
  readonly until: number
}

/** Envelope encryption `tn1.<data key id>.<iv ciphertext tag>` with one data key a tenant, AES-256-GCM, and a context that is authenticated. */
export function createEnvelope(options: EnvelopeOptions): Envelope {
  const cache = new Map<string, OpenKey>()

  const unwrap = async (record: DataKeyRecord): Promise<OpenKey> => {
    const key = await unwrapDataKey(options, record)
    if (cache.size >= cacheLimit) cache.delete(cache.keys().next().value ?? '')
    const open = { tenantId: record.tenantId, id: record.id, key, until: options.clock.now() + cacheMs }
    cache.set(cacheKey(record.tenantId, record.id), open)
    return open
  }

  const keyById = async (tenantId: string, id: string): Promise<OpenKey> => {
    const cached = cache.get(cacheKey(tenantId, id))
    if (cached !== undefined && cached.until > options.clock.now()) return cached
    const record = await options.dataKeys.get(tenantId, id)
    if (record === null) throw new TenantryError('secrets_unreadable')
    return unwrap(record)
  }

  const currentKey = async (tenantId: string): Promise<OpenKey> => {
    const record =
      (await options.dataKeys.current(tenantId)) ?? (await options.dataKeys.insertFirst(await createDataKey(options, tenantId)))
    return keyById(tenantId, record.id)
  }

  let installation: OpenKey | null = null

  /** Asked for once in ten minutes, because every sealer for a transaction has it with it. */
  const installationKey = async (): Promise<OpenKey> => {
    if (installation === null || installation.until <= options.clock.now()) installation = await currentKey(systemTenantId)
    return installation
  }

  const deriveFrom = ({ key }: OpenKey, purpose: string): Promise<Uint8Array> =>
    options.crypto.hkdfSha256(key, `tenantry/${options.environment}/${purpose}`, 32)

  const openSealer = async (tenantId: string): Promise<Omit<Sealer, 'auditKey'>> => {
    const { id, key } = await currentKey(tenantId)
    const sealed = async (context: SealContext, plaintext: Uint8Array): Promise<[iv: Uint8Array, body: Uint8Array]> => {
      if (context.tenantId !== tenantId) throw new TenantryError('internal')
      const iv = options.random.bytes(12)
      return [iv, await options.crypto.seal(key, iv, plaintext, authenticated(options.environment, context))]
    }
    return {
      seal: async (context, plaintext) =>
        `${format}.${id}.${encodeBase64Url(concat(...(await sealed(context, encodeText(revealSecret(plaintext))))))}`,
      sealBytes: async (context, bytes) => concat(encodeText(`${format}.${id}.`), ...(await sealed(context, bytes))),
    }
  }

  /** @throws `secrets_unreadable` */
  const unseal = async (context: SealContext, keyId: string, body: Uint8Array): Promise<Uint8Array> => {
    if (body.length < 28) throw new TenantryError('secrets_unreadable')
    const { key } = await keyById(context.tenantId, keyId)
    try {
      return await options.crypto.open(key, body.subarray(0, 12), body.subarray(12), authenticated(options.environment, context))
    } catch (error) {
      if (isTenantryError(error)) throw error
      throw new TenantryError('secrets_unreadable')
    }
  }

  return {
    async sealerFor(tenantId) {
      const own = await installationKey()
      return {
        ...(await openSealer(tenantId)),
        async auditKey(asked) {
          if (asked !== tenantId) throw new TenantryError('internal')
          return deriveFrom(own, `audit/${tenantId}`)
        },
      }
    },
    seal: async (context, plaintext) => (await openSealer(context.tenantId)).seal(context, plaintext),
    sealBytes: async (context, bytes) => (await openSealer(context.tenantId)).sealBytes(context, bytes),
    async open(context, sealed) {
      const [prefix, id, text, ...rest] = sealed.split('.')
      const body = decodeBase64Url(text ?? '')
      if (prefix !== format || id === undefined || body === null || rest.length > 0) throw new TenantryError('secrets_unreadable')
      return new Secret(decodeText(await unseal(context, id, body)))
    },
    async openBytes(context, sealed) {
      // The head is ASCII: the format, the key's id, and a dot after each.
      const head = /^tn1\.([\w-]{1,64})\./.exec(decodeText(sealed.subarray(0, 80).map((byte) => (byte < 128 ? byte : 63))))
      if (head?.[1] === undefined) throw new TenantryError('secrets_unreadable')
      return unseal(context, head[1], sealed.subarray(head[0].length))
    },
    async destroyKeys(tenantId) {
      await options.dataKeys.removeForTenant(tenantId)
      for (const [key, open] of cache) if (open.tenantId === tenantId) cache.delete(key)
    },
    primaryKeyId: () => options.keys.primaryKeyId,
    async checkKey(record) {
      await unwrapDataKey(options, record)
    },
    rewrapKey: (record) => rewrapDataKey(options, record),
    deriveKey: async (tenantId, purpose) => deriveFrom(await currentKey(tenantId), purpose),
    auditKey: async (tenantId) => deriveFrom(await installationKey(), `audit/${tenantId}`),
  }
}

async function createDataKey(options: EnvelopeOptions, tenantId: string): Promise<DataKeyRecord> {
  const id = encodeBase64Url(options.random.bytes(9))
  const wrapping = await wrapDataKey(options, { tenantId, id }, options.random.bytes(dataKeyBytes))
  return { tenantId, id, ...wrapping, createdAt: options.clock.now() }
}

const authenticated = (environment: string, { tenantId, table, rowId, field, version }: SealContext): Uint8Array =>
  encodeText(JSON.stringify([format, environment, tenantId, table, rowId, field, String(version)]))

const cacheKey = (tenantId: string, id: string): string => JSON.stringify([tenantId, id])

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
