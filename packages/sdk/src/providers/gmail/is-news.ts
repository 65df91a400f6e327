import type { RelabelledGmailMessageRef } from '../../ports/index.ts'
import type { GmailSettings } from './settings.ts'

/**
 * Whether the labels that a message got or lost can have made it wanted. One that was wanted before was told then, however long ago that is: nobody
 * remembers all of them.
 */
export function isNews(
  { addedLabelIds, removedLabelIds }: Pick<RelabelledGmailMessageRef, 'addedLabelIds' | 'removedLabelIds'>,
  { labelIds, labelMode }: Pick<GmailSettings, 'labelIds' | 'labelMode'>,
): boolean {
  if (addedLabelIds.length + removedLabelIds.length === 0) return true
  if (removedLabelIds.some((label) => label === 'SPAM' || label === 'TRASH')) return true
  const decisive = labelMode === 'include' ? addedLabelIds : removedLabelIds
  return decisive.some((label) => labelIds.includes(label))
}
