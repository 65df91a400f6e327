import { fillWords, isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { useCallback, useContext } from 'react'
import { isolate } from '../../locales/isolate.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { useVendor } from '../../locales/vendor.tsx'
import { failureMessages } from './failure.messages.ts'
import type { FailureTexts } from './failure.messages.ts'
import { OwnWordsContext } from './own-words.ts'
import { nameScopes } from './name-scopes.ts'
import { permissionMessages } from './permission.messages.ts'

/** A failure as far as words need it: a code and what fills their places. */
export interface Failure {
  readonly code: ErrorCode
  readonly values?: Readonly<Record<string, string>>
}

/** What any thrown value is to a person: a TenantryError is its own code, everything else is `internal`. */
export function toFailure(error: unknown): Failure {
  return isTenantryError(error) ? error : { code: 'internal' }
}

/** Words for a failure in the reader's language: the same code of the same vendor reads the same everywhere. */
export function useFailureWords(): (failure: Failure) => FailureTexts {
  const t = useMessages(failureMessages)
  const own = useContext(OwnWordsContext)
  const sayOwn = useMessages((own ?? failureMessages) as typeof failureMessages)
  const permission = useMessages(permissionMessages)
  const vendor = useVendor()
  return useCallback(
    ({ code, values }: Failure) => {
      const scopes = values?.['scopes']
      const filled = {
        ...(vendor === 'microsoft' && { vendor: 'Microsoft' }),
        ...values,
        ...(scopes !== undefined && { scopes: nameScopes(scopes, permission) }),
      }
      const say = (part: keyof FailureTexts) => {
        const key = `${code}.${part}` as const
        const words = own !== null && Object.hasOwn(own.messages, key) ? sayOwn(key) : t(key)
        return fillWords(isolate(words, t.dir), filled)
      }
      return { title: say('title'), detail: say('detail'), remedy: say('remedy') }
    },
    [t, own, sayOwn, vendor, permission],
  )
}
