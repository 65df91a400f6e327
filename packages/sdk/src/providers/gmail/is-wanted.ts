import type { GmailSettings } from './settings.ts'

export const neverInbound: readonly string[] = ['SENT', 'DRAFT', 'SPAM', 'TRASH']

/** The label rule, on what a message is now. `labelIds` of the rule are ids, never names. */
export function isWanted(message: { readonly labelIds: readonly string[] }, rule: Pick<GmailSettings, 'labelIds' | 'labelMode'>): boolean {
  if (message.labelIds.some((label) => neverInbound.includes(label))) return false
  const matches = message.labelIds.some((label) => rule.labelIds.includes(label))
  return rule.labelMode === 'include' ? matches : !matches
}
