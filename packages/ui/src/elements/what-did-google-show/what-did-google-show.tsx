import { explainAnswer, googleAnswers } from '../../data/oauth/explain-answer.ts'
import type { Explanation, GoogleAnswer } from '../../data/oauth/explain-answer.ts'
import { useMessages } from '../../locales/use-messages.ts'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Disclosure } from '../../parts/disclosure/disclosure.tsx'
import { Link } from '../../parts/link/link.tsx'
import { Text } from '../../parts/text/text.tsx'
import { whatDidGoogleShowMessages } from './what-did-google-show.messages.ts'

export interface WhatDidGoogleShowProps {
  /** What Google was asked with. */
  flow: { readonly redirectUri: string | null; readonly clientId: string | null } | null
  /** Leads to the checks; absent: the words alone. */
  onRunChecks?: (() => void) | undefined
}

/** Most of Google's errors never come back to us: this asks for what was seen and says how to fix it. */
export function WhatDidGoogleShow({ flow, onRunChecks }: WhatDidGoogleShowProps) {
  const t = useMessages(whatDidGoogleShowMessages)
  return (
    <Disclosure summary={t('summary')} className="tn-google-answers">
      {googleAnswers.map((answer) => (
        <Disclosure key={answer} summary={t(answer)}>
          <AnswerFixView answer={answer} fix={explainAnswer(answer, flow)} onRunChecks={onRunChecks} />
        </Disclosure>
      ))}
    </Disclosure>
  )
}

function AnswerFixView({ answer, fix, onRunChecks }: { answer: GoogleAnswer; fix: Explanation; onRunChecks: (() => void) | undefined }) {
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
