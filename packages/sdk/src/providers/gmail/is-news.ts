import type { LabelledGmailMessageRef } from '../../ports/index.ts'
import type { GmailSettings } from './settings.ts'

/** What is put on a message where it lies. */
const mark = /^(UNREAD|STARRED|IMPORTANT|CATEGORY_[A-Z]+)$/

/**
 * Whether the labels that a message got can have made it wanted. One that was wanted before was told then, however long ago that is: nobody remembers
 * all of them.
 */
export function isNews(
  { labelIds, addedLabelIds }: Pick<LabelledGmailMessageRef, 'labelIds' | 'addedLabelIds'>,
  rule: Pick<GmailSettings, 'labelIds' | 'labelMode'>,
): boolean {
  if (addedLabelIds.length === 0) return true
  if (rule.labelMode === 'include' && addedLabelIds.some((label) => rule.labelIds.includes(label))) return true
  // What lay in the inbox before did not come out of Spam or Trash.
  if (labelIds.includes('INBOX') && !addedLabelIds.includes('INBOX')) return false
  return addedLabelIds.some((label) => !mark.test(label))
}
