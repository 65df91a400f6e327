import type { ErrorCode } from '@tenantry/sdk/errors'
import type { FailureTexts } from './failure.messages.ts'
import { say } from './say.ts'

/** What can be wrong with a request or with a value in a form. */
export const formFailuresDe = {
  invalid_input: say(
    'Einige Werte stimmen nicht',
    'Ein Wert fehlt oder hat die falsche Form. Es wurde nichts gespeichert.',
    'Korrigieren Sie die markierten Felder und speichern Sie erneut.',
  ),
  unauthenticated: say('Sie sind abgemeldet', 'Dafür muss eine Person angemeldet sein.', 'Melden Sie sich an und versuchen Sie es erneut.'),
  forbidden: say(
    'Das dürfen Sie nicht',
    'Ihre Rolle erlaubt das nicht. Es wurde nichts geändert.',
    'Wenden Sie sich an jemanden, der Integrationen verwalten darf.',
  ),
  not_found: say('Nicht gefunden', 'Es existiert nicht, oder es gehört jemand anderem.', 'Laden Sie die Seite neu.'),
  conflict: say(
    'Jemand anderes hat das geändert',
    'Diese Einstellungen wurden geändert, nachdem Sie sie geöffnet haben. Ihr Text bleibt, bis Sie neu laden.',
    'Laden Sie neu, um die Änderung zu sehen, und speichern Sie dann erneut.',
  ),
  origin_not_allowed: say(
    'Anfrage von einer anderen Website',
    'Die Anfrage kam nicht von diesem Produkt und wurde deshalb abgelehnt.',
    'Öffnen Sie die Seite dieses Produkts und versuchen Sie es erneut.',
  ),
  unsupported_media_type: say('Falscher Inhaltstyp', 'Diese Adresse nimmt nur JSON an.', 'Senden Sie Content-Type: application/json.'),
  payload_too_large: say('Zu viele Daten', 'Die Anfrage ist größer als erlaubt. Es wurde nichts gespeichert.', 'Senden Sie weniger Daten.'),
  rate_limited: say('Zu viele Anfragen', 'In kurzer Zeit kamen zu viele Anfragen.', 'Warten Sie einen Moment und versuchen Sie es erneut.'),
  unavailable: say(
    'Vorübergehend nicht erreichbar',
    'Der Speicher hat nicht geantwortet, deshalb lässt sich über die Einstellungen nichts sagen. Es wurde nichts geändert.',
    'Versuchen Sie es gleich noch einmal.',
  ),
  secrets_unreadable: say(
    'Gespeicherte Geheimnisse sind nicht lesbar',
    'Der Schlüssel, der die gespeicherten Geheimnisse schützt, fehlt oder ist falsch.',
    'Stellen Sie den Schlüssel wieder her und versuchen Sie es erneut.',
  ),
  internal: say(
    'Etwas ist schiefgegangen',
    'Ein unerwarteter Fehler ist aufgetreten. Es ist nichts verloren.',
    'Versuchen Sie es erneut. Bleibt der Fehler, senden Sie uns die Referenz.',
  ),
  network: say(
    'Keine Verbindung',
    'Der Server war nicht erreichbar. Es wurde nichts geändert.',
    'Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  ),

  project_id_invalid: say(
    'Keine Projekt-ID',
    'Eine Projekt-ID hat 6 bis 30 Kleinbuchstaben, Ziffern und Bindestriche.',
    'Kopieren Sie die Projekt-ID aus der Projektauswahl der Google Cloud Console.',
  ),
  project_id_is_number: say(
    'Das ist die Projektnummer',
    'Die Projektnummer kann hier nicht verwendet werden.',
    'Geben Sie die Projekt-ID ein, zum Beispiel acme-mail-473210.',
  ),
  project_id_is_name: say(
    'Das sieht nach dem Projektnamen aus',
    'Die ID hat nur Kleinbuchstaben, Ziffern und Bindestriche.',
    'Kopieren Sie die Projekt-ID, nicht den Namen.',
  ),
  client_id_invalid: say(
    'Keine Client-ID',
    'Eine Client-ID endet auf .apps.googleusercontent.com.',
    'Kopieren Sie sie von der Seite „Clients“.',
  ),
  client_id_is_email: say(
    'Das ist eine E-Mail-Adresse',
    'Die Client-ID endet auf .apps.googleusercontent.com.',
    'Kopieren Sie die Client-ID von der Seite „Clients“.',
  ),
  client_id_is_secret: say(
    'Das ist das Client-Secret',
    'Client-ID und Client-Secret scheinen vertauscht zu sein.',
    'Tragen Sie es im Feld für das Client-Secret ein.',
  ),
  client_secret_invalid: say(
    'Kein Client-Secret',
    'Ein Client-Secret hat keine Leerzeichen oder Zeilenumbrüche.',
    'Kopieren Sie das Secret noch einmal von der Seite „Clients“.',
  ),
  client_secret_is_client_id: say(
    'Das ist die Client-ID',
    'Client-ID und Client-Secret scheinen vertauscht zu sein.',
    'Tragen Sie sie im Feld für die Client-ID ein.',
  ),
  masked_value: say(
    'Das sieht nach einem verdeckten Wert aus',
    'Es wurden nur Punkte oder Sterne gesendet, nicht das Geheimnis selbst. Das gespeicherte Geheimnis ist unverändert.',
    'Fügen Sie das vollständige Geheimnis ein.',
  ),
  key_not_json: say(
    'Keine Schlüsseldatei',
    'Die Datei ist kein gültiges JSON.',
    'Verwenden Sie die JSON-Datei, die Google heruntergeladen hat.',
  ),
  key_is_client_file: say(
    'Das ist eine OAuth-Client-Datei',
    'Sie gehört zum OAuth-Client, nicht zu einem Dienstkonto.',
    'Verwenden Sie sie im Schritt für den Client.',
  ),
  key_wrong_kind: say(
    'Kein Dienstkontoschlüssel',
    'Nur Dateien mit dem Typ service_account werden angenommen. Andere können einen Server dazu bringen, fremde Adressen aufzurufen.',
    'Erstellen Sie einen JSON-Schlüssel für ein Dienstkonto.',
  ),
  key_incomplete: say(
    'Der Schlüssel ist unvollständig',
    'Ein Pflichtfeld fehlt: {missing}.',
    'Laden Sie einen neuen Schlüssel herunter und verwenden Sie die Datei unverändert.',
  ),
  key_private_key_invalid: say(
    'Der private Schlüssel ist nicht lesbar',
    'Die Datei wurde verändert oder gekürzt. Ein Schlüssel ist ein RSA-Schlüssel mit mindestens 2048 Bit in PKCS-8-Form.',
    'Laden Sie einen neuen Schlüssel herunter und verwenden Sie die Datei unverändert.',
  ),
  key_email_invalid: say(
    'Die Adresse des Dienstkontos ist falsch',
    'Die Adresse im Schlüssel gehört zu keinem Google-Dienstkonto.',
    'Laden Sie einen neuen Schlüssel herunter und verwenden Sie die Datei unverändert.',
  ),
  key_project_mismatch: say(
    'Der Schlüssel gehört zu einem anderen Projekt',
    'Der Schlüssel gehört zu {actual}, das Projekt hier ist {expected}. Gmail braucht Topic und OAuth-Client in einem Projekt.',
    'Erstellen Sie den Schlüssel im Projekt {expected}.',
  ),
  key_foreign_universe: say(
    'Der Schlüssel gehört zu einer anderen Cloud',
    'Nur googleapis.com wird angenommen.',
    'Erstellen Sie den Schlüssel in der Google Cloud Console.',
  ),
  key_too_large: say(
    'Die Datei ist zu groß',
    'Eine Schlüsseldatei hat weniger als 64 KB.',
    'Verwenden Sie die JSON-Datei, die Google heruntergeladen hat.',
  ),
  mailbox_invalid: say(
    'Keine E-Mail-Adresse',
    'Gmail wird gebeten, sich mit dieser Adresse anzumelden.',
    'Geben Sie eine Adresse wie support@acme.com ein.',
  ),
  name_invalid: say('Der Name passt nicht', 'Ein Name hat 1 bis 80 Zeichen und keine Zeilenumbrüche.', 'Wählen Sie einen kürzeren Namen.'),
  return_to_invalid: say(
    'Die Rücksprungadresse ist nicht erlaubt',
    'Personen werden nur zu Adressen dieses Produkts zurückgeschickt.',
    'Übergeben Sie als returnTo einen Pfad oder eine erlaubte Herkunft.',
  ),
} as const satisfies Partial<Record<ErrorCode, FailureTexts>>
