import { useMessages } from '../../locales/use-messages.ts'
import { Reference } from '../../parts/error-block/reference.tsx'
import { microsoftRequestIdMessages } from './microsoft-request-id.messages.ts'
import type { Failure } from './use-failure-words.ts'

export interface MicrosoftRequestIdProps {
  /** Of a failure. */
  values: Failure['values'] | undefined
}

/** What Microsoft's support asks for first; nothing where Microsoft did not name the request. */
export function MicrosoftRequestId({ values }: MicrosoftRequestIdProps) {
  const t = useMessages(microsoftRequestIdMessages)
  const id = values?.['microsoftRequestId']
  return id === undefined ? null : <Reference value={id} what={t('name')} say={(code) => t.rich('shown', { id: code })} />
}
