import { defineMessages } from '../../locales/message.ts'

export const checkboxListMessages = defineMessages('checkboxList', {
  search: 'Search',
  found: { one: '{count} found', other: '{count} found' },
  none: 'Nothing found',
  chosen: { one: '{count} chosen', other: '{count} chosen' },
})
