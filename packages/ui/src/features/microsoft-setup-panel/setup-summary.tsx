import { SavedFact } from '../../elements/setup-panel/index.ts'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import type { Definition } from '../../parts/definition-list/definition-list.tsx'
import { useSetupModel } from './setup-context.ts'

/** What is set up, for people who may only look: facts with a date and a person, no fields. */
export function SetupSummary() {
  const { t, status } = useSetupModel()
  const { fields, cloud, secretExpiresOn } = status
  const items: Definition[] = [
    { term: t('directoryLabel'), value: <SavedFact fact={fields.directoryId} shown={status.directoryId} /> },
    { term: t('clientIdLabel'), value: <SavedFact fact={fields.clientId} shown={status.maskedClientId} /> },
    { term: t('clientSecretLabel'), value: <SavedFact fact={fields.clientSecret} shown={null} /> },
    ...(secretExpiresOn === null ? [] : [{ term: t('expiresLabel'), value: <bdi dir="ltr">{secretExpiresOn}</bdi> }]),
    ...(cloud === 'global' ? [] : [{ term: t('cloudLabel'), value: t(cloud) }]),
  ]
  return <DefinitionList items={items} />
}
