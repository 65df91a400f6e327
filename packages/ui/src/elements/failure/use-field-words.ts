import { fillWords } from '@tenantry/sdk/errors'
import type { FieldFailure } from '@tenantry/sdk/errors'
import { useMessages } from '../../locales/use-messages.ts'
import { failureMessages } from './failure.messages.ts'

/** Words for a failure beside a field. Fields know neither scopes nor a vendor's own words, which come with the first notice. */
export function useFieldWords(): (failure: FieldFailure) => string {
  const t = useMessages(failureMessages)
  return ({ code, values }) => fillWords(`${t(`${code}.title`)}. ${t(`${code}.remedy`)}`, values)
}
