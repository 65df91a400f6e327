import { defineMessages } from '../../locales/message.ts'

export const copyMessages = defineMessages('copy', {
  copy: 'Copy',
  copyOf: 'Copy {what}',
  copied: 'Copied',
  copiedOf: '{what} copied',
  copyAll: 'Copy all',
  denied: 'Press Ctrl+C (or Cmd+C) to copy.',
})
