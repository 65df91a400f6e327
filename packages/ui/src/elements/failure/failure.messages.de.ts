import type { ErrorCode } from '@tenantry/sdk/errors'
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

  google_not_configured: say(
    'Google ist noch nicht eingerichtet',
    'Ihre Organisation hat ihre eigene Google-App noch nicht hinterlegt: {missing}. Es wird nie stattdessen eine gemeinsame App verwendet.',
    'Öffnen Sie die Google-Einrichtung und schließen Sie sie ab.',
  ),
  connection_exists: say(
    'Dieses Konto ist bereits verbunden',
    'Das Konto wird von der Verbindung {name} verwendet.',
    'Öffnen Sie stattdessen diese Verbindung.',
  ),
  flow_limit: say(
    'Zu viele offene Anmeldungen',
    'Mehrere Ihrer Anmeldungen wurden nicht abgeschlossen.',
    'Schließen Sie sie ab oder warten Sie 10 Minuten.',
  ),
  state_invalid: say(
    'Der Anmeldelink ist nicht gültig',
    'Die Antwort gehört zu keiner Anmeldung, die hier begonnen wurde. Es wurde nichts gespeichert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ),
  state_expired: say(
    'Die Anmeldung hat zu lange gedauert',
    'Zur Sicherheit gilt der Link 10 Minuten. Es wurde nichts gespeichert.',
    'Versuchen Sie es erneut.',
  ),
  state_used: say(
    'Die Anmeldung wurde bereits verwendet',
    'Jede Anmeldung gilt einmal. Es wurde nichts geändert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ),
  browser_mismatch: say(
    'Ein anderer Browser hat geantwortet',
    'Die Anmeldung wurde in einem anderen Browser begonnen. Es wurde nichts gespeichert.',
    'Beginnen und beenden Sie die Anmeldung im selben Browser.',
  ),
  session_mismatch: say(
    'Eine andere Person hat geantwortet',
    'Die Anmeldung wurde von einer anderen Person oder Organisation begonnen. Es wurde nichts gespeichert.',
    'Melden Sie sich als die Person an, die begonnen hat, und versuchen Sie es erneut.',
  ),
  issuer_mismatch: say(
    'Die Antwort hat den falschen Absender',
    'Die Antwort nennt einen anderen Anmeldeserver. Es wurde nichts gespeichert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ),
  access_denied: say(
    'Der Zugriff wurde nicht erlaubt',
    'Die Anmeldung wurde bei {vendor} abgebrochen oder abgelehnt. Es wurde nichts geändert.',
    'Beginnen Sie erneut, wenn Sie bereit sind.',
  ),
  admin_policy: say(
    'Ihre Organisation blockiert diese App',
    'Eine Richtlinie Ihrer Organisation hat die Anmeldung abgelehnt.',
    'Bitten Sie einen Super Admin, der App unter API-Steuerung zu vertrauen.',
  ),
  oauth_refused: say(
    '{vendor} hat die Anmeldung abgelehnt',
    '{vendor} hat mit einem Fehler geantwortet. Es wurde nichts gespeichert.',
    'Führen Sie die Prüfungen aus und versuchen Sie es erneut.',
  ),
  id_token_invalid: say(
    'Die Anmeldung ließ sich nicht bestätigen',
    'Der Nachweis, wer sich angemeldet hat, ist nicht gültig. Es wurde nichts gespeichert.',
    'Versuchen Sie es erneut.',
  ),
  insufficient_scope: say(
    'Einige Berechtigungen wurden nicht erlaubt',
    'Nicht erlaubt: {scopes}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und setzen Sie jedes Häkchen.',
  ),
  account_mismatch: say(
    'Sie haben sich mit einem anderen Konto angemeldet',
    'Erwartet war {expected}, angemeldet wurde {actual}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und wählen Sie {expected}.',
  ),
  needs_consent: say(
    '{vendor} hat kein Aktualisierungstoken gesendet',
    'Ohne dieses endet der Zugriff nach einer Stunde, deshalb wurde nichts gespeichert.',
    'Entfernen Sie den Zugriff unter myaccount.google.com/permissions und verbinden Sie erneut.',
  ),

  grant_revoked: say(
    '{vendor} hat diese Verbindung beendet',
    'Das Passwort wurde geändert, der Zugriff entfernt, oder eine Richtlinie hat ihn beendet. Bei {vendor} ist nichts verloren.',
    'Verbinden Sie erneut.',
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
  app_changed: say(
    'Die {vendor}-App wurde gewechselt',
    'Ihre Administration hat einen anderen OAuth-Client hinterlegt, und eine Anmeldung gehört zu dem Client, mit dem sie gemacht wurde. Bei {vendor} ist nichts verloren.',
    'Verbinden Sie erneut.',
  ),
  google_reset: say(
    'Google wurde zurückgesetzt',
    'Ein Admin hat hier alle Google-Verbindungen beendet. Bei Google ist nichts verloren.',
    'Verbinden Sie erneut.',
  ),
  app_client_id_invalid: say(
    '{vendor} kennt die Client-ID nicht',
    'Der OAuth-Client wurde nicht gefunden oder gelöscht.',
    'Kopieren Sie die Client-ID noch einmal von der Seite „Clients“.',
  ),
  app_secret_invalid: say(
    '{vendor} hat das Client-Secret abgelehnt',
    'Die Client-ID ist bekannt, aber das Secret passt nicht dazu.',
    'Erstellen Sie auf der Seite des Clients mit Add secret ein neues Secret und ersetzen Sie es hier.',
  ),
  app_unauthorized: say(
    'Die App darf das nicht',
    '{vendor} erlaubt diesem Client nicht, auf diesem Weg Tokens anzufordern.',
    'Prüfen Sie den Typ des Clients und das Dienstkonto.',
  ),

  provider_unavailable: say(
    '{vendor} hat nicht geantwortet',
    '{vendor} war nicht erreichbar oder hat mit einem Fehler geantwortet. Es wird von selbst erneut versucht.',
    'Warten Sie, oder versuchen Sie es erneut.',
  ),
  provider_refused: say('{vendor} hat abgelehnt', '{vendor} hat die Anfrage abgelehnt.', 'Führen Sie die Prüfungen aus.'),
  foreign_link: say(
    'Eine Antwort zeigte auf einen anderen Ort',
    'Eine Antwort von {vendor} zeigte auf eine Adresse, die nicht zu {vendor} oder nicht zu diesem Postfach gehört. Ihr wurde nicht gefolgt.',
    'Führen Sie die Prüfungen aus. Bleibt es so, sehen Sie nach, was zwischen diesem Server und {vendor} steht.',
  ),
  throttled: say(
    '{vendor} bittet um eine langsamere Gangart',
    'Das Kontingent Ihres Projekts ist für den Moment aufgebraucht. Es wird von selbst erneut versucht.',
    'Warten Sie.',
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
}

/** German, from a complete table: a new code does not compile until it has words here. */
export const failureMessagesDe: Translation<typeof failureMessages> = flattenFailures(germanFailures)
