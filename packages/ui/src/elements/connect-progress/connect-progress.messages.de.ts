import type { Translation } from '../../locales/message.ts'
import type { connectProgressMessages } from './connect-progress.messages.ts'

export const connectProgressMessagesDe: Translation<typeof connectProgressMessages> = {
  opening: '{vendor} wird geöffnet…',
  waiting: 'Schließen Sie die Anmeldung im {vendor}-Fenster ab. Diese Seite aktualisiert sich von selbst.',
  returning: 'Die Anmeldung wird abgeschlossen…',
  show: 'Fenster zeigen',
  cancel: 'Abbrechen',
  blocked: 'Ihr Browser hat das {vendor}-Fenster blockiert.',
  blockedHelp: 'Erlauben Sie Fenster für diese Seite und versuchen Sie es erneut, oder fahren Sie ohne Fenster fort.',
  continueHere: 'In diesem Tab fortfahren',
  tryAgain: 'Erneut versuchen',
  gone: 'Das {vendor}-Fenster wurde geschlossen, bevor wir eine Antwort bekamen.',
  goneHelp: 'Wenn Sie in {vendor} fertig waren, warten Sie einen Moment: Diese Seite aktualisiert sich weiterhin von selbst.',
  inApp: '{vendor} erlaubt keine Anmeldung in den eingebauten Browsern von Apps.',
  inAppHelp: 'Öffnen Sie diese Seite in Ihrem Browser.',
  pageLink: 'Link zu dieser Seite',
  copyLink: 'Link kopieren',
}
