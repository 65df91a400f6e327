import type { OwnFailuresDe } from './own-failures.de.ts'
import { say } from './say.ts'

/** Shared mailboxes: how they send and receive, who may open them, and messages. */
export const mailboxFailuresDe = {
  webhook_needs_app: say(
    'Benachrichtigungen brauchen die eigene Berechtigung der App',
    'Microsoft stellt Benachrichtigungen zu einem freigegebenen Postfach nur einer App zu, die sich selbst anmeldet, und diese kann nur mit Graph senden.',
    'Wählen Sie Microsoft Graph zum Senden, oder lassen Sie beim Empfang nach neuen E-Mails sehen.',
  ),
  smtp_needs_imap: say(
    'SMTP gehört zu IMAP',
    'Mit SMTP zu senden und mit Graph zu empfangen bräuchte ohne Nutzen zwei Sätze von Berechtigungen.',
    'Wählen Sie IMAP zum Empfangen oder Microsoft Graph zum Senden.',
  ),
  relay_needs_imap: say(
    'Diese Art zu senden gehört zu IMAP',
    'Wer mit Graph empfängt, sendet mit Graph. {relay} sendet für ein Postfach, das mit IMAP gelesen wird.',
    'Wählen Sie IMAP zum Empfangen.',
  ),
  oversize_needs_graph: say(
    'SMTP springt nur für Graph ein',
    'Große Nachrichten gehen nur aus einem Postfach per SMTP hinaus, für das sich eine Person angemeldet hat und das mit Microsoft Graph sendet.',
    'Lassen Sie es ausgeschaltet, oder wählen Sie eine Art, die mit Microsoft Graph sendet.',
  ),
  choice_not_offered: say(
    'Hier nicht im Angebot',
    'Dieses Produkt bietet nicht an, {choice} auf diese Weise zu erledigen.',
    'Wählen Sie eine andere.',
  ),
  host_app_missing: say(
    'Diese App gibt es hier nicht',
    'Dieses Produkt hat keine eigene Microsoft-App, die sich anmelden könnte.',
    'Wählen Sie die eigene App Ihrer Organisation, und melden Sie sich neu an.',
  ),
  host_app_not_for_webhook: say(
    'Benachrichtigungen brauchen die eigene App Ihrer Organisation',
    'Eine App, die sich selbst anmeldet, liest jedes Postfach einer Organisation. Deshalb muss sie der Organisation gehören.',
    'Wählen Sie die eigene App Ihrer Organisation, oder lassen Sie beim Empfang nach neuen E-Mails sehen.',
  ),
  mailbox_access_denied: say(
    'Kein Zugriff auf das Postfach',
    '{account} kann {mailbox} nicht öffnen.',
    'Geben Sie {account} im Exchange Admin Center Vollzugriff auf das Postfach. Bis es wirkt, kann eine Stunde vergehen.',
  ),
  mailbox_not_found: say(
    'Dieses Postfach gibt es nicht',
    'Microsoft findet unter {mailbox} kein Postfach.',
    'Prüfen Sie die Adresse auf Tippfehler, und ob sie die eines freigegebenen Postfachs ist: Kontakte und Gäste haben keines.',
  ),
  not_a_mailbox: say(
    'Das ist kein Postfach',
    '{mailbox} ist die Adresse einer Gruppe, und eine Gruppe lässt sich nicht verbinden.',
    'Geben Sie die Adresse eines freigegebenen Postfachs ein.',
  ),
  mailbox_other_directory: say(
    'Das Postfach einer anderen Organisation',
    '{mailbox} gehört zu einem anderen Verzeichnis als {account}.',
    'Geben Sie die Adresse eines Postfachs Ihrer eigenen Organisation ein.',
  ),
  mailbox_not_rest_enabled: say(
    'Graph kann dieses Postfach nicht öffnen',
    'In Exchange Online gibt es kein Postfach von {mailbox}: Es ist ein Gast, hat keine Lizenz oder liegt noch auf einem eigenen Server.',
    'Geben Sie die Adresse eines freigegebenen Postfachs ein, oder ziehen Sie das Postfach nach Exchange Online um.',
  ),
  imap_no_mailbox_access: say(
    'IMAP meldet sich an, öffnet aber kein Postfach',
    '{account} hat sich angemeldet, und {mailbox} ließ sich nicht öffnen: Der Vollzugriff fehlt, oder IMAP ist für das Postfach ausgeschaltet.',
    'Geben Sie {account} Vollzugriff und schalten Sie IMAP für das Postfach im Exchange Admin Center ein.',
  ),
  imap_auth_failed: say(
    'IMAP hat die Anmeldung abgelehnt',
    'Microsoft hat die Anmeldung für {mailbox} über IMAP nicht angenommen.',
    'Prüfen Sie, ob die Adresse die eines freigegebenen Postfachs ist, IMAP dafür eingeschaltet ist und {account} Vollzugriff hat.',
  ),
  imap_disabled: say(
    'IMAP ist ausgeschaltet',
    'Für {mailbox} ist IMAP ausgeschaltet.',
    'Schalten Sie IMAP für das Postfach im Exchange Admin Center ein, oder wählen Sie Microsoft Graph.',
  ),
  smtp_auth_disabled: say(
    'Authentifiziertes SMTP ist ausgeschaltet',
    'Ihre Organisation oder {account} darf nicht mit authentifiziertem SMTP senden.',
    'Senden Sie nur mit Microsoft Graph, oder schalten Sie authentifiziertes SMTP für {account} ein.',
  ),
  smtp_auth_failed: say(
    'SMTP hat die Anmeldung abgelehnt',
    'Microsoft hat die Anmeldung von {account} über SMTP nicht angenommen.',
    'Melden Sie sich erneut an. Bleibt es dabei, prüfen Sie, ob authentifiziertes SMTP für das Konto eingeschaltet ist.',
  ),
  send_as_denied: say(
    'Darf nicht im Namen des Postfachs senden',
    '{account} darf nicht als {mailbox} senden.',
    'Geben Sie {account} im Exchange Admin Center für das Postfach die Berechtigung „Senden als“. Bis sie wirkt, kann eine Stunde vergehen.',
  ),
  recipient_invalid: say(
    'Das ist keine Adresse',
    'Die Adresse eines Empfängers ist nicht gültig.',
    'Korrigieren Sie die Adresse und senden Sie erneut.',
  ),
  message_invalid: say(
    'Die Nachricht lässt sich nicht senden',
    'Eine Nachricht braucht einen Empfänger, einen Betreff und einen Text.',
    'Vervollständigen Sie die Nachricht und senden Sie erneut.',
  ),
  message_refused: say(
    'Die Nachricht wurde abgelehnt',
    'Der Server hat die Nachricht nicht angenommen.',
    'Prüfen Sie Empfänger und Anhänge und senden Sie erneut.',
  ),
  send_outcome_unknown: say(
    'Ob sie gesendet wurde, weiß niemand',
    'Die Nachricht wurde übergeben oder wird gerade übergeben, und es kam noch keine Antwort. Sie wird kein zweites Mal gesendet.',
    'Fragen Sie etwas später mit demselben Idempotenzschlüssel erneut. Bleibt es so, sehen Sie in „Gesendete Elemente“ nach, bevor Sie neu senden.',
  ),
  sending_unproven: say(
    'Das Senden wurde nicht ausprobiert',
    'Microsoft verrät niemandem, ob {account} als {mailbox} senden darf.',
    'Senden Sie eine Testnachricht.',
  ),
  shared_mailbox_polled: say(
    'Nach neuen E-Mails wird jede Minute gesehen',
    'Microsoft stellt der Anmeldung einer Person keine Benachrichtigungen zu einem freigegebenen Postfach zu.',
    'Es ist nichts zu tun.',
  ),
} satisfies OwnFailuresDe
