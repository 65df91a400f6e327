import { useCallback } from 'react'
import { useFailureWords } from '../../elements/failure/index.ts'
import type { FieldProblem } from '../../elements/setup-panel/index.ts'
import type { PanelTexts } from './setup-context.ts'
import type { SetupField } from './setup-form.ts'

/** Words for a problem at a field. */
export type SayProblem = (field: SetupField, problem: FieldProblem, values?: Readonly<Record<string, string>>) => string

const required = {
  cloud: 'directoryRequired',
  directoryId: 'directoryRequired',
  clientId: 'clientIdRequired',
  clientSecret: 'clientSecretRequired',
  secretExpiresOn: 'clientSecretRequired',
} as const satisfies Record<SetupField, string>

/** Words for a problem at a field: what is missing, else title and remedy of the product's one table. */
export function useFieldWords(t: PanelTexts): SayProblem {
  const say = useFailureWords()
  return useCallback(
    (field, problem, values = {}) => {
      if (problem === 'required') return t(required[field])
      const { title, remedy } = say({ code: problem, values })
      return `${title}. ${remedy}`
    },
    [t, say],
  )
}
