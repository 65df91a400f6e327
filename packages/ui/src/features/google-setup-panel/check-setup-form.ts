import { parseClientId, parseClientSecret, parseProjectId } from '@tenantry/sdk/model'
import type { GoogleSetupStatus } from '@tenantry/sdk/wire'
import { checkChange, hasValue, problemOf } from '../../elements/setup-panel/index.ts'
import type { FieldProblem } from '../../elements/setup-panel/index.ts'
import { checkPushAccount, checkTopicName } from './check-manual-names.ts'
import type { SetupField, SetupForm } from './setup-form.ts'

/**
 * What is wrong with the form, by field. The rules are the model's parsers, the same that the server applies; the key file is
 * checked where it is read. An answer never carries what was typed.
 */
export function checkSetupForm(form: SetupForm, status: GoogleSetupStatus): Partial<Record<SetupField, FieldProblem>> {
  const missing = missingHalves(form, status).map((field) => [field, 'required'] as const)
  const wrong = [
    ['projectId', checkProject(form.projectId, status)],
    ['clientId', checkChange(form.clientId, parseClientId)],
    ['clientSecret', checkChange(form.clientSecret, parseClientSecret)],
    ...(form.calendarMode === 'separate'
      ? ([
          ['calendarClientId', checkChange(form.calendarClientId, parseClientId)],
          ['calendarClientSecret', checkChange(form.calendarClientSecret, parseClientSecret)],
        ] as const)
      : []),
    ...(form.notifications === 'manual'
      ? ([
          ['topicName', checkTopicName(form.topicName, form.projectId)],
          ['pushServiceAccount', checkPushAccount(form.pushServiceAccount)],
        ] as const)
      : []),
  ] as const
  return Object.fromEntries([...missing, ...wrong.filter(([, problem]) => problem !== null)])
}

function checkProject(text: string, status: GoogleSetupStatus): FieldProblem | null {
  if (text.trim() !== '') return problemOf(() => parseProjectId(text))
  return status.projectId === null ? null : 'required'
}

type Pair = readonly ['clientId' | 'calendarClientId', 'clientSecret' | 'calendarClientSecret']

// One half of a client is of no use: whoever gives an ID owes a secret, and the other way round.
function missingHalves(form: SetupForm, status: GoogleSetupStatus): SetupField[] {
  const pairs: Pair[] = [['clientId', 'clientSecret']]
  if (form.calendarMode === 'separate') pairs.push(['calendarClientId', 'calendarClientSecret'])
  return pairs.flatMap((pair) => {
    const missing = pair.filter((field) => !hasValue(form[field], status.fields[field].set))
    return missing.length === 1 ? missing : []
  })
}
