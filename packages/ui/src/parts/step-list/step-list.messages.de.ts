import type { Translation } from '../../locales/message.ts'
import type { stepListMessages } from './step-list.messages.ts'

export const stepListMessagesDe: Translation<typeof stepListMessages> = {
  position: 'Schritt {number} von {total},',
  todo: 'offen',
  active: 'in Arbeit',
  done: 'erledigt',
  verified: 'erledigt und geprüft',
  attention: 'braucht Aufmerksamkeit',
  error: 'hat ein Problem',
  locked: 'noch nicht verfügbar',
}
