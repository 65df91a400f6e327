import { defineMessages } from '../../locales/message.ts'

export const taskListMessages = defineMessages('taskList', {
  waiting: 'waiting',
  working: 'working',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
})
