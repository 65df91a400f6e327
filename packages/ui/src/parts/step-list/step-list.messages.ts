import { defineMessages } from '../../locales/message.ts'

export const stepListMessages = defineMessages('stepList', {
  position: 'Step {number} of {total},',
  todo: 'to do',
  active: 'in progress',
  done: 'done',
  verified: 'done and checked',
  attention: 'needs attention',
  error: 'has a problem',
  locked: 'not available yet',
})
