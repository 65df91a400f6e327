import { useMessages } from '../../locales/use-messages.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { googleResetMessages } from './google-reset.messages.ts'
import { useSetupModel } from './setup-context.ts'

export type ResetTexts = Translate<(typeof googleResetMessages)['messages']>

/** The reset's own words. */
export function useResetTexts(): ResetTexts {
  return useMessages(googleResetMessages, useSetupModel().props.messages)
}
