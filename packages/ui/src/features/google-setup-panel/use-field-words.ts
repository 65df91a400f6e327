import { fillWords } from '@tenantry/sdk/errors'
import { useCallback } from 'react'
import { useFailureWords } from '../../elements/failure/index.ts'
import type { FieldProblem } from '../../elements/setup-panel/index.ts'
import { isolate } from '../../locales/isolate.ts'
import type { Translate } from '../../locales/use-messages.ts'
import type { googleSetupPanelMessages } from './google-setup-panel.messages.ts'
import type { SetupField } from './setup-form.ts'

type Texts = (typeof googleSetupPanelMessages)['messages']

const required: Readonly<Partial<Record<SetupField, keyof Texts & string>>> = {
  clientId: 'clientIdRequired',
  calendarClientId: 'clientIdRequired',
  clientSecret: 'clientSecretRequired',
  calendarClientSecret: 'clientSecretRequired',
  serviceAccountKey: 'keyRequired',
}

// Where the field itself can say it shorter, or can point at its neighbour.
const own = {
  client_id_is_email: 'clientIdIsEmail',
  client_id_is_secret: 'clientIdIsSecret',
  client_id_invalid: 'clientIdInvalid',
  client_secret_is_client_id: 'clientSecretIsId',
  masked_value: 'masked',
  key_not_json: 'fileNotJson',
  key_is_client_file: 'keyIsClientFile',
} as const satisfies Partial<Record<FieldProblem, keyof Texts>>

const isOwn = (problem: FieldProblem): problem is keyof typeof own => problem in own

/** Words for a problem at a field. */
export type SayProblem = (field: SetupField, problem: FieldProblem, values?: Readonly<Record<string, string>>) => string

/** Words for a problem at a field: the panel's own, else title and remedy of the product's one table. */
export function useFieldWords(t: Translate<Texts>): SayProblem {
  const say = useFailureWords()
  return useCallback(
    (field, problem, values = {}) => {
      if (problem === 'required') return String(t((required[field] ?? 'projectRequired') as 'projectRequired'))
      if (isOwn(problem)) return isolate(t(own[problem]), t.dir)
      if (problem === 'key_incomplete') return fillWords(isolate(t('keyIncomplete', { missing: '{missing}' }), t.dir), values)
      if (problem === 'key_project_mismatch') return fillWords(isolate(t('keyOtherProject', { actual: '{actual}' }), t.dir), values)
      const { title, detail, remedy } = say({ code: problem, values })
      return problem === 'project_id_is_name' ? `${title}. ${detail}` : `${title}. ${remedy}`
    },
    [t, say],
  )
}
