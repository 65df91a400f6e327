import { defineMessages } from '../../locales/message.ts'

/** The choice of labels; loaded once there is a mailbox to choose from. */
export const gmailLabelsMessages = defineMessages('gmailLabels', {
  mode: 'Import mail that',
  include: 'has one of these labels',
  exclude: 'does not have any of these labels',
  labels: 'Labels',
  none: 'No labels found',
  missing: 'No longer in the mailbox',
  missingError: { one: '{count} chosen label no longer exists.', other: '{count} chosen labels no longer exist.' },
  chooseAgain: 'Choose again',
  INBOX: 'Inbox',
  UNREAD: 'Unread',
  STARRED: 'Starred',
  IMPORTANT: 'Important',
  CATEGORY_PERSONAL: 'Category: Primary',
  CATEGORY_SOCIAL: 'Category: Social',
  CATEGORY_PROMOTIONS: 'Category: Promotions',
  CATEGORY_UPDATES: 'Category: Updates',
  CATEGORY_FORUMS: 'Category: Forums',
  SENT: 'Sent',
  DRAFT: 'Drafts',
  SPAM: 'Spam',
  TRASH: 'Trash',
  CHAT: 'Chats',
})
