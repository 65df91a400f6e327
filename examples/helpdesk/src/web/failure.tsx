import { useQuery } from '@tanstack/react-query'
import { failures, fillWords } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { loadMessages } from '@tenantry/ui/provider'
import { usePreferences, useWords } from './preferences.tsx'
import { RequestError } from './request.ts'

/** Why something was refused, in the same words as Tenantry's own components have for it. */
export function Failure({ error }: { error: Error }) {
  const t = useWords()
  const { language } = usePreferences()
  const { data: messages } = useQuery({ queryKey: ['messages', language], queryFn: () => loadMessages(language), staleTime: Infinity })
  if (!(error instanceof RequestError) || !isErrorCode(error.code)) {
    return (
      <p role="alert" className="failure">
        {t.failed}
      </p>
    )
  }
  const { code, values } = error
  const say = (part: 'title' | 'detail' | 'remedy') => fillWords(messages?.failure[`${code}.${part}`] ?? failures[code][part], values)
  return (
    <div role="alert" className="failure">
      <strong>{say('title')}</strong>
      <p>
        {say('detail')} {say('remedy')}
      </p>
    </div>
  )
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(failures, code)
