import { defineMessages } from '../../locales/message.ts'

export const linkMessages = defineMessages('link', {
  newTab: '(opens in a new tab)',
  newTabOf: '(opens {destination} in a new tab)',
})
