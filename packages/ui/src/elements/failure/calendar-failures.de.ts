import type { OwnFailuresDe } from './own-failures.de.ts'
import { say } from './say.ts'

/** Calendars and their events. */
export const calendarFailuresDe = {
  calendar_not_chosen: say(
    'Es ist noch kein Kalender gewählt',
    'Die Anmeldung hat geklappt. Solange kein Kalender gewählt ist, wird nichts importiert.',
    'Wählen Sie einen Kalender.',
  ),
  calendar_read_only: say(
    'Sie können diesen Kalender nur ansehen',
    'Änderungen bei Google werden importiert, aber in den Kalender kann nichts geschrieben werden.',
    'Bitten Sie den Eigentümer um das Recht, Änderungen vorzunehmen, oder wählen Sie eine Richtung, die nur liest.',
  ),
  direction_to_google: say(
    'Änderungen bei Google werden nicht importiert',
    'Die Richtung dieses Kalenders ist nur zu Google.',
    'Es ist nichts zu tun. Um Änderungen zu importieren, wählen Sie eine andere Richtung.',
  ),
  direction_from_google: say(
    'Diese Verbindung liest nur',
    'Die Richtung dieses Kalenders ist nur von Google, deshalb wird nichts in ihn geschrieben.',
    'Wählen Sie eine Richtung, die schreibt.',
  ),
  event_changed: say(
    'Der Termin wurde inzwischen geändert',
    'Seit der Termin gelesen wurde, hat ihn jemand geändert. Es wurde nichts überschrieben.',
    'Lesen Sie den Termin neu und wiederholen Sie die Änderung an seiner neuesten Fassung.',
  ),
  event_gone: say('Den Termin gibt es nicht mehr', 'Er wurde bei Google gelöscht. Es wurde nichts geschrieben.', 'Es ist nichts zu tun.'),
  event_unreadable: say(
    'Google hat einen Termin gesendet, der sich nicht lesen lässt',
    'Ihm fehlt die Zeit, oder seine Wiederholungsregel ist nicht gültig. Die anderen Termine sind nicht betroffen.',
    'Öffnen Sie den Termin in Google Kalender und speichern Sie ihn neu.',
  ),
  idempotency_key_reused: say(
    'Der Idempotenzschlüssel wurde für etwas anderes verwendet',
    'Mit diesem Schlüssel wurde schon anderer Inhalt geschrieben. Es wurde nichts geschrieben.',
    'Verwenden Sie für jeden neuen Schreibvorgang einen neuen Schlüssel.',
  ),
  feed_endless: say(
    'Die Liste von {vendor} endet nicht',
    'Es kamen immer weitere Seiten, deshalb wurde das Lesen abgebrochen. Was gelesen wurde, bleibt erhalten.',
    'Es wird von selbst erneut versucht. Bleibt der Fehler, führen Sie die Prüfungen aus.',
  ),
} satisfies OwnFailuresDe
