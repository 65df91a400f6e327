import { fillWords } from '@tenantry/sdk/errors'
import type { FieldFailure } from '@tenantry/sdk/errors'
import { isolate } from '../../locales/isolate.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { failureMessages } from './failure.messages.ts'

/**
 * Words for a failure beside a field: the form's own, with places for the failure's values, or those of the one table. Fields know neither
 * scopes nor a vendor's own words, which come with the first notice.
 */
export function useFieldWords(): (failure: FieldFailure, own?: string) => string {
  const t = useMessages(failureMessages)
  return ({ code, values }, own) => fillWords(isolate(own ?? `${t(`${code}.title`)}. ${t(`${code}.remedy`)}`, t.dir), values)
}
