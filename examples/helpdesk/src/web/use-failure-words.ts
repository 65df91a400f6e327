import { useQuery } from '@tanstack/react-query'
import { failures, fillWords } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'
import { loadMessages } from '@tenantry/ui/provider'
import { usePreferences } from './preferences.tsx'

export interface FailureWords {
  readonly title: string
  readonly detail: string
  readonly remedy: string
}

/** Says what a code means in the same words as Tenantry's own components; `null` for a code that is not Tenantry's. */
export function useFailureWords(): (code: string, values?: Readonly<Record<string, string>>) => FailureWords | null {
  const { language } = usePreferences()
  const { data: messages } = useQuery({ queryKey: ['messages', language], queryFn: () => loadMessages(language), staleTime: Infinity })
  return (code, values = {}) => {
    if (!isErrorCode(code)) return null
    const say = (part: keyof FailureWords) => fillWords(messages?.failure[`${code}.${part}`] ?? failures[code][part], values)
    return { title: say('title'), detail: say('detail'), remedy: say('remedy') }
  }
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(failures, code)
