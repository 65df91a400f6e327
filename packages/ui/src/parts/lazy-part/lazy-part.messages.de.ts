import type { Translation } from '../../locales/message.ts'
import type { lazyPartMessages } from './lazy-part.messages.ts'

export const lazyPartMessagesDe: Translation<typeof lazyPartMessages> = {
  notLoaded: 'Dieser Teil der Seite ließ sich nicht laden.',
  reload: 'Seite neu laden',
}
