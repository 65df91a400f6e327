import type { OwnFailuresDe } from './own-failures.de.ts'
import { say } from './say.ts'

/** What can be wrong with a request of a form or with a value in it. */
export const formFailuresDe = {
  invalid_input: say(
    'Einige Werte stimmen nicht',
    'Ein Wert fehlt oder hat die falsche Form. Es wurde nichts gespeichert.',
    'Korrigieren Sie die markierten Felder und speichern Sie erneut.',
  ),
  origin_not_allowed: say(
    'Anfrage von einer anderen Website',
    'Die Anfrage kam nicht von diesem Produkt und wurde deshalb abgelehnt.',
    'Öffnen Sie die Seite dieses Produkts und versuchen Sie es erneut.',
  ),
  unsupported_media_type: say('Falscher Inhaltstyp', 'Diese Adresse nimmt nur JSON an.', 'Senden Sie Content-Type: application/json.'),
  payload_too_large: say('Zu viele Daten', 'Die Anfrage ist größer als erlaubt. Es wurde nichts gespeichert.', 'Senden Sie weniger Daten.'),
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
} as const satisfies OwnFailuresDe
