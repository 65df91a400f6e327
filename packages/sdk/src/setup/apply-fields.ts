import { isTenantryError, TenantryError } from '../errors/index.ts'
import type { FieldFailure } from '../errors/index.ts'
import type { FieldStamp } from '../model/google-setup.ts'
import type { SecretChange } from '../wire/index.ts'

/** A bundle in the making, and what was found wrong with it so far. */
export interface Draft {
  readonly next: Record<string, unknown>
  readonly stamps: Record<string, FieldStamp>
  /** Takes down what is wrong and goes on. */
  collect(work: () => void): void
  /** @throws the one code, with its field; `invalid_input` with all of them when there are several */
  assertGood(): void
}

export function draftOf(bundle: object & { readonly stamps: Readonly<Record<string, FieldStamp>> }): Draft {
  const failures: FieldFailure[] = []
  return {
    next: { ...bundle },
    stamps: { ...bundle.stamps },
    collect(work) {
      try {
        work()
      } catch (error) {
        if (!isTenantryError(error)) throw error
        failures.push(...error.fields)
      }
    },
    assertGood() {
      const [first, ...more] = failures
      if (first === undefined) return
      if (more.length > 0) throw new TenantryError('invalid_input', { fields: failures })
      throw new TenantryError(first.code, { field: first.field, ...(first.values && { values: first.values }) })
    },
  }
}

/** Replaces and removes fields that are kept with a stamp; what no change names stays as it is. */
export function applyFields<Field extends string>(
  draft: Draft,
  changes: Readonly<Partial<Record<NoInfer<Field>, SecretChange | undefined>>>,
  parsers: Readonly<Record<Field, (input: string) => unknown>>,
  stamp: FieldStamp,
): void {
  for (const field of Object.keys(parsers) as Field[]) {
    const change = changes[field]
    if (change === undefined || change.action === 'keep') continue
    delete draft.stamps[field]
    delete draft.next[field]
    if (change.action === 'remove') continue
    draft.collect(() => {
      draft.next[field] = parsers[field](change.value)
      draft.stamps[field] = stamp
    })
  }
}
