import type { Check } from '@tenantry/sdk/wire'
import { useMessages } from '../../locales/use-messages.ts'
import { DefinitionList } from '../../parts/definition-list/definition-list.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { VisuallyHidden } from '../../parts/visually-hidden/visually-hidden.tsx'
import { checkFactsMessages } from './check-facts.messages.ts'
import { checkListMessages } from './check-list.messages.ts'
import { FactValue } from './fact-value.tsx'

/** What was seen, on demand: terms and values, never raw JSON. */
export function CheckFacts({ check, name }: { check: Check; name: string }) {
  const t = useMessages(checkListMessages)
  const nameOf = useMessages(checkFactsMessages)
  const facts = Object.entries({ ...check.facts, durationMs: check.durationMs }).map(([key, value]) => ({
    term: key === 'durationMs' ? t('duration') : isNamed(key) ? nameOf(key) : readKey(key),
    value: <FactValue name={key} value={value} />,
  }))
  return (
    <Disclosure
      summary={
        <>
          <span aria-hidden="true">{t('details')}</span>
          <VisuallyHidden>{t('detailsOf', { check: name })}</VisuallyHidden>
        </>
      }
    >
      <DefinitionList className="tn-check-facts" items={facts} />
    </Disclosure>
  )
}

function isNamed(key: string): key is keyof typeof checkFactsMessages.messages {
  return Object.hasOwn(checkFactsMessages.messages, key)
}

// A host's own provider has facts that no language knows.
function readKey(key: string): string {
  const words = key.replaceAll(/[_-]+|(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
