import { useMessages } from '../../locales/use-messages.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Link } from '../../parts/link/link.tsx'
import { Text } from '../../parts/text/text.tsx'
import { whatDidGoogleShowMessages } from './what-did-google-show.messages.ts'

const answers = [
  'redirect_uri_mismatch',
  'invalid_client',
  'deleted_client',
  'access_denied',
  'org_internal',
  'admin_policy_enforced',
  'unverified_app',
  'closed',
  'other',
] as const

export type ShownAnswer = (typeof answers)[number]

/** Where to fix an answer, and with which value. */
export interface AnswerFix {
  readonly link: { readonly page: 'clients' | 'audience' | 'api_controls'; readonly href: string } | null
  readonly copy: { readonly what: 'redirect_uri' | 'client_id'; readonly value: string } | null
  readonly canRunChecks: boolean
}

export interface WhatDidGoogleShowProps {
  explain: (answer: ShownAnswer) => AnswerFix
  /** Leads to the checks; absent: the words alone. */
  onRunChecks?: (() => void) | undefined
}

/** Most of Google's errors never come back to us: this asks for what was seen and says how to fix it. */
export function WhatDidGoogleShow({ explain, onRunChecks }: WhatDidGoogleShowProps) {
  const t = useMessages(whatDidGoogleShowMessages)
  return (
    <Disclosure summary={t('summary')} className="tn-google-answers">
      {answers.map((answer) => (
        <Disclosure key={answer} summary={t(answer)}>
          <AnswerFixView answer={answer} fix={explain(answer)} onRunChecks={onRunChecks} />
        </Disclosure>
      ))}
    </Disclosure>
  )
}

function AnswerFixView({ answer, fix, onRunChecks }: { answer: ShownAnswer; fix: AnswerFix; onRunChecks: (() => void) | undefined }) {
  const t = useMessages(whatDidGoogleShowMessages)
  const { link, copy, canRunChecks } = fix
  return (
    <>
      <Text size="small">{t.rich(`${answer}Fix`)}</Text>
      {copy && <CopyBox rows={[{ what: t(copy.what), value: copy.value }]} showLabels={false} />}
      {link && (
        <div>
          <Link href={link.href} external={link.page === 'api_controls' ? t('admin') : t('console')}>
            {t(link.page)}
          </Link>
        </div>
      )}
      {canRunChecks && onRunChecks && (
        <Actions>
          <Button size="sm" onClick={onRunChecks}>
            {t('runChecks')}
          </Button>
        </Actions>
      )}
    </>
  )
}
