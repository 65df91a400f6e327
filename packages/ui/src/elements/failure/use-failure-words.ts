import { fillWords, isTenantryError } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { useCallback } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { failureMessages } from './failure.messages.ts'
import type { FailureTexts } from './failure.messages.ts'
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

/** Words for a failure in the reader's language: the same code reads the same everywhere. */
export function useFailureWords(): (failure: Failure) => FailureTexts {
  const t = useMessages(failureMessages)
  const permission = useMessages(permissionMessages)
  return useCallback(
    ({ code, values }: Failure) => {
      const scopes = values?.['scopes']
      const filled = scopes === undefined ? values : { ...values, scopes: nameScopes(scopes, permission) }
      const say = (part: keyof FailureTexts) => fillWords(t(`${code}.${part}`), filled)
      return { title: say('title'), detail: say('detail'), remedy: say('remedy') }
    },
    [t, permission],
  )
}
