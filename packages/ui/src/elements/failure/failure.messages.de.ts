import type { ErrorCode } from '@tenantry/sdk/errors'
import { signInFailuresDe } from '@tenantry/sdk/errors/de'
import type { Translation } from '../../locales/message.ts'
import { calendarFailuresDe } from './calendar-failures.de.ts'
import { flattenFailures } from './failure.messages.ts'
import type { failureMessages, FailureTexts } from './failure.messages.ts'
import { formFailuresDe } from './form-failures.de.ts'
import { mailboxFailuresDe } from './mailbox-failures.de.ts'
import { microsoftFailuresDe } from './microsoft-failures.de.ts'
import { notificationFailuresDe } from './notification-failures.de.ts'
import { say } from './say.ts'

const germanFailures: Readonly<Record<ErrorCode, FailureTexts>> = {
  ...formFailuresDe,
  ...notificationFailuresDe,
  ...calendarFailuresDe,
  ...microsoftFailuresDe,
  ...mailboxFailuresDe,

  flow_limit: say(
    'Zu viele offene Anmeldungen',
    'Mehrere Ihrer Anmeldungen wurden nicht abgeschlossen.',
    'Schließen Sie sie ab oder warten Sie 10 Minuten.',
  ),
  grant_expired_testing_mode: say(
    'Die Anmeldung endete nach 7 Tagen',
    'Die Google-App steht auf Testing, wo Google den Zugriff nach 7 Tagen beendet.',
    'Veröffentlichen Sie die App und verbinden Sie erneut.',
  ),
  grant_lost: say(
    'Die Anmeldung ging unterwegs verloren',
    'Die Anmeldung lässt sich nur einmal erneuern, und die Antwort darauf kam nie an. Beim Anbieter ist nichts verloren.',
    'Verbinden Sie erneut.',
  ),
  reauth_policy: say(
    'Ihre Organisation verlangt eine neue Anmeldung',
    'Eine Sitzungsrichtlinie Ihrer Organisation hat die Anmeldung beendet.',
    'Bitten Sie einen Admin, der App zu vertrauen, und verbinden Sie erneut.',
  ),
  google_reset: say(
    'Google wurde zurückgesetzt',
    'Ein Admin hat hier alle Google-Verbindungen beendet. Bei Google ist nichts verloren.',
    'Verbinden Sie erneut.',
  ),

  foreign_link: say(
    'Eine Antwort zeigte auf einen anderen Ort',
    'Eine Antwort von {vendor} zeigte auf eine Adresse, die nicht zu {vendor} oder nicht zu diesem Postfach gehört. Ihr wurde nicht gefolgt.',
    'Führen Sie die Prüfungen aus. Bleibt es so, sehen Sie nach, was zwischen diesem Server und {vendor} steht.',
  ),
  token_rejected: say(
    '{vendor} hat das Zugriffstoken abgelehnt',
    'Das Zugriffstoken wurde nicht angenommen.',
    'Es wird von selbst erneuert. Bleibt der Fehler, verbinden Sie erneut.',
  ),
  scopes_missing: say(
    'Eine Berechtigung fehlt',
    'Der Verbindung fehlt eine Berechtigung, die hierfür nötig ist.',
    'Verbinden Sie erneut und setzen Sie jedes Häkchen.',
  ),
  api_not_enabled: say(
    'Eine API ist nicht aktiviert',
    '{api} ist in Ihrem Projekt nicht aktiviert.',
    'Aktivieren Sie sie in der Google Cloud Console. Es kann einige Minuten dauern.',
  ),
  pubsub_project_mismatch: say(
    'OAuth-Client und Topic liegen in verschiedenen Projekten',
    'Gmail veröffentlicht nur in ein Topic des Projekts, dem der OAuth-Client gehört.',
    'Verwenden Sie für beide ein Projekt.',
  ),
  pubsub_publisher_missing: say(
    'Gmail darf nicht veröffentlichen',
    'gmail-api-push@system.gserviceaccount.com braucht die Rolle Pub/Sub Publisher für das Topic.',
    'Vergeben Sie die Rolle und versuchen Sie es erneut.',
  ),
  pubsub_domain_restricted: say(
    'Ihre Organisationsrichtlinie blockiert das Konto von Gmail',
    'Die Richtlinie Domain restricted sharing hat die Freigabe abgelehnt.',
    'Bitten Sie einen Richtlinienadministrator um eine Ausnahme für dieses Projekt.',
  ),
  pubsub_act_as_missing: say(
    'Das Dienstkonto darf nicht als es selbst handeln',
    'iam.serviceAccounts.actAs fehlt.',
    'Geben Sie ihm die Rolle Service Account User für sich selbst.',
  ),
  key_rejected: say(
    'Google hat den Schlüssel des Dienstkontos abgelehnt',
    'Der Schlüssel wurde gelöscht, oder sein Dienstkonto ist deaktiviert oder nicht mehr da. E-Mails werden stattdessen regelmäßig abgerufen.',
    'Erstellen Sie einen neuen JSON-Schlüssel und ersetzen Sie ihn in der Google-Einrichtung.',
  ),
  pubsub_forbidden: say(
    'Das Dienstkonto darf Pub/Sub nicht verwalten',
    'Der Schlüssel wurde angenommen, hat aber kein Recht, Benachrichtigungen einzurichten.',
    'Geben Sie dem Dienstkonto im Projekt die Rolle Pub/Sub Admin.',
  ),
  pubsub_read_back_failed: say(
    'Benachrichtigungen wurden nicht wie gewünscht eingerichtet',
    'Was Google gespeichert hat, weicht von dem ab, was geschrieben wurde.',
    'Führen Sie die Prüfungen aus und reparieren Sie die Einrichtung.',
  ),
  push_not_possible: say(
    '{vendor} kann diese Adresse nicht erreichen',
    'Benachrichtigungen brauchen eine öffentliche https-Adresse. Änderungen werden stattdessen regelmäßig abgefragt.',
    'Richten Sie eine öffentliche https-Adresse ein.',
  ),
  push_not_supported: say(
    'Dieser Kalender kann Änderungen nicht melden',
    'Google bietet für ihn keine Benachrichtigungen an. Er wird stattdessen regelmäßig abgefragt.',
    'Es ist nichts zu tun.',
  ),
  callback_domain_unauthorized: say(
    'Google hat die Benachrichtigungsadresse abgelehnt',
    'Änderungen werden stattdessen regelmäßig abgefragt.',
    'Prüfen Sie die öffentliche Adresse.',
  ),
  watch_conflict: say(
    'Etwas anderes wird schon benachrichtigt',
    '{vendor} meldet das Postfach für dieselbe App schon an anderer Stelle, und das nur einmal.',
    'Beenden Sie die andere Integration.',
  ),
  cursor_expired: say(
    'Die letzte Synchronisierung ist zu lange her',
    '{vendor} hat die Änderungen seither nicht mehr. Was fehlt, wird von selbst nachgeholt.',
    'Es ist nichts zu tun.',
  ),
  unknown_label: say(
    'Ein Label gibt es nicht mehr',
    'Das Label {label} ist nicht im Postfach, deshalb wird keine E-Mail importiert, bis es neu gewählt ist.',
    'Wählen Sie die Labels neu.',
  ),
  mailbox_unavailable: say(
    'Das Postfach ist nicht aktiv',
    'Gmail ist für dieses Konto nicht aktiviert.',
    'Prüfen Sie das Konto in der Admin-Konsole.',
  ),
  item_gone: say('Nicht mehr vorhanden', 'Der Eintrag wurde gelöscht, bevor er gelesen werden konnte.', 'Es ist nichts zu tun.'),

  push_unauthenticated: say(
    'Keine Benachrichtigung des Anbieters',
    'Die Benachrichtigung ließ sich nicht bestätigen.',
    'Führen Sie die Prüfungen aus.',
  ),
  push_malformed: say(
    'Unlesbare Benachrichtigung',
    'Die Benachrichtigung wurde bestätigt, ist aber nicht lesbar.',
    'Führen Sie die Prüfungen aus.',
  ),

  // What the page after a sign-in says, too.
  ...signInFailuresDe,
}

/** German, from a complete table: a new code does not compile until it has words here. */
export const failureMessagesDe: Translation<typeof failureMessages> = flattenFailures(germanFailures)
