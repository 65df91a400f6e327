import type { OwnFailuresDe } from './own-failures.de.ts'
import { say } from './say.ts'

/** How new items are announced, and that they still are. */
export const notificationFailuresDe = {
  polling_chosen: say(
    'E-Mail wird regelmäßig abgefragt',
    'Ihre Organisation hat sich für regelmäßige Abfragen statt Benachrichtigungen entschieden.',
    'Es ist nichts zu tun. Benachrichtigungen lassen sich in der Einrichtung einschalten.',
  ),
  push_silent: say(
    'Benachrichtigungen kommen nicht an',
    'Sie wurden eingerichtet, und als eine hätte kommen müssen, kam keine. Änderungen werden stattdessen regelmäßig abgefragt.',
    'Führen Sie die Prüfungen aus und reparieren Sie dann.',
  ),
  watch_lapsed: say(
    'Neue E-Mail wird nicht gemeldet',
    'Die Benachrichtigungen sind abgelaufen und wurden nicht erneuert. Keine Nachricht ist verloren: Sie bleiben im Postfach und werden abgeholt.',
    'Erneuern Sie jetzt, und prüfen Sie, ob die Hintergrundaufgaben laufen.',
  ),
  renewal_late: say(
    'Die Überwachung wurde seit Tagen nicht erneuert',
    'Sie endet bald, und neue E-Mail würde dann nicht mehr gemeldet.',
    'Erneuern Sie jetzt, und prüfen Sie, ob die Hintergrundaufgaben laufen.',
  ),
  upkeep_stalled: say(
    'Die Hintergrundaufgaben laufen nicht',
    'Für diese Verbindung wurde seit {since} nichts geprüft. Überwachungen werden enden.',
    'Starten Sie die Hintergrundaufgaben dieser Installation.',
  ),
  sign_in_ending: say(
    'Die Anmeldung endet bald',
    'Google beendet diese Anmeldung am {date}, meist weil die App noch auf Testing steht.',
    'Veröffentlichen Sie die App und verbinden Sie einmal neu.',
  ),
  nothing_arrived: say(
    'Es ist keine Benachrichtigung angekommen',
    'Seit {since} ist nichts angekommen. Bei einem ruhigen Postfach ist das normal.',
    'Senden Sie eine Testbenachrichtigung.',
  ),
  pubsub_topic_missing: say('Das Topic fehlt', 'Das Topic {topic} gibt es nicht.', 'Richten Sie Benachrichtigungen erneut ein.'),
  pubsub_subscription_missing: say(
    'Die Push-Subscription fehlt',
    'Die Subscription {subscription} gibt es nicht.',
    'Richten Sie Benachrichtigungen erneut ein.',
  ),
  pubsub_audience_mismatch: say(
    'Benachrichtigungen gehen an eine andere Adresse',
    'Erwartet war {expected}. Google verwendet {actual}.',
    'Richten Sie Benachrichtigungen erneut ein.',
  ),
  pubsub_name_taken: say(
    'Der Name gehört etwas anderem',
    'Die Subscription {subscription} wurde von jemand anderem für ein anderes Topic angelegt. Sie wurde nicht verändert.',
    'Löschen Sie sie in Google Cloud oder benennen Sie sie um.',
  ),
  topic_invalid: say(
    'Kein Name eines Topics',
    'Ein Topic-Name hat 3 bis 255 Buchstaben, Ziffern oder -._~+% und beginnt mit einem Buchstaben, oder er ist der volle Pfad projects/PROJECT/topics/NAME Ihres Projekts.',
    'Kopieren Sie den Namen von der Seite „Topics“.',
  ),
  push_account_invalid: say(
    'Kein Dienstkonto',
    'Das Konto, das Benachrichtigungen signiert, sieht aus wie name@project.iam.gserviceaccount.com.',
    'Kopieren Sie die Adresse von der Seite „Service accounts“.',
  ),
  items_quarantined: say(
    'Einige Nachrichten wurden zurückgestellt',
    '{count} ließen sich nach mehreren Versuchen nicht importieren. Alle anderen laufen weiter.',
    'Versuchen Sie es mit ihnen erneut.',
  ),
  message_too_large: say(
    'Die Nachricht ist zu groß',
    'Sie ist größer als {limit}. Kam sie herein, ist sie noch im Postfach; sollte sie hinaus, wurde sie nicht gesendet.',
    'Öffnen Sie sie im Postfach selbst, oder senden Sie große Dateien als Links.',
  ),
  checks_slow: say(
    'Die Prüfung hat zu lange gedauert',
    '{vendor} hat nicht innerhalb von 20 Sekunden geantwortet.',
    'Führen Sie die Prüfung erneut aus.',
  ),
} satisfies OwnFailuresDe
