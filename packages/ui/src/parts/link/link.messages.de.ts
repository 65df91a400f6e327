import type { Translation } from '../../locales/message.ts'
import type { linkMessages } from './link.messages.ts'

export const linkMessagesDe: Translation<typeof linkMessages> = {
  newTab: '(öffnet in einem neuen Tab)',
  newTabOf: '(öffnet {destination} in einem neuen Tab)',
}
