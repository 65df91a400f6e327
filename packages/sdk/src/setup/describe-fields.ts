import type { Context } from '../context.ts'
import { encodeText } from '../crypto/base64url.ts'
import type { FieldStamp } from '../model/google-setup.ts'
import type { FieldFact } from '../wire/index.ts'

type Stamped<Field extends string> = Readonly<Partial<Record<Field, unknown>>> & {
  readonly stamps: Readonly<Partial<Record<Field, FieldStamp>>>
}

/** Which fields are saved, when and by whom: no value, no part of one, no length. */
export async function describeFields<Field extends string>(
  context: Context,
  tenantId: string,
  fields: readonly Field[],
  bundle: Stamped<Field>,
): Promise<Record<Field, FieldFact>> {
  const key = await context.envelope.deriveKey(tenantId, 'fingerprint')
  const facts = await Promise.all(
    fields.map(async (field): Promise<[Field, FieldFact]> => {
      const value = bundle[field]
      const stamp = bundle.stamps[field]
      if (value === undefined || stamp === undefined) return [field, { set: false }]
      const digest = await context.crypto.hmacSha256(key, encodeText(`${field}:${JSON.stringify(value)}`))
      const fingerprint = [...digest.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return [field, { set: true, fingerprint, updatedAt: new Date(stamp.updatedAt).toISOString(), updatedBy: stamp.updatedBy }]
    }),
  )
  return Object.fromEntries(facts) as Record<Field, FieldFact>
}
