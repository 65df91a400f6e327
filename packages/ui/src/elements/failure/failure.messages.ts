import { failures } from '@tenantry/sdk/errors'
import type { ErrorCode, FailureTexts } from '@tenantry/sdk/errors'
import { defineMessages } from '../../locales/message.ts'

export type { FailureTexts } from '@tenantry/sdk/errors'

export type FailureKey = `${ErrorCode}.${keyof FailureTexts}`

/** The table of words as flat message keys, such as `forbidden.title`. */
export function flattenFailures(table: Readonly<Record<ErrorCode, FailureTexts>>): Record<FailureKey, string> {
  const entries = Object.entries(table).flatMap(([code, { title, detail, remedy }]) => [
    [`${code}.title`, title],
    [`${code}.detail`, detail],
    [`${code}.remedy`, remedy],
  ])
  return Object.fromEntries(entries) as Record<FailureKey, string>
}

/** English, from the one table of codes: a new code has its words here by itself. */
export const failureMessages = defineMessages('failure', flattenFailures(failures))
