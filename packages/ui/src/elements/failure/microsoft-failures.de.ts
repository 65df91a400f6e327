import type { OwnFailuresDe } from './own-failures.de.ts'
import { say } from './say.ts'

/** Microsoft: what was typed of the app, and what ends later than a sign-in. */
export const microsoftFailuresDe = {
  directory_id_invalid: say(
    'Das ist keine Verzeichnis-ID',
    'Eine Verzeichnis-ID (Mandant) ist eine GUID oder eine Domain des Verzeichnisses wie acme.onmicrosoft.com.',
    'Kopieren Sie „Verzeichnis-ID (Mandant)“ aus der Übersicht der App in Microsoft Entra.',
  ),
  entra_client_id_invalid: say(
    'Das ist keine Anwendungs-ID',
    'Eine Anwendungs-ID (Client) ist eine GUID: 8-4-4-4-12 Buchstaben und Ziffern.',
    'Kopieren Sie „Anwendungs-ID (Client)“ aus der Übersicht der App in Microsoft Entra.',
  ),
  client_secret_is_secret_id: say(
    'Das ist die ID des Geheimnisses',
    'Microsoft zeigt den Wert eines Geheimnisses einmal, in der Spalte „Wert“. Mit der Spalte „Geheime ID“ kann sich niemand anmelden.',
    'Erstellen Sie einen neuen geheimen Clientschlüssel und kopieren Sie seinen Wert.',
  ),
  secret_expiry_invalid: say(
    'Das ist kein Datum',
    'Das Ende des Geheimnisses ist ein Tag wie 2027-01-31.',
    'Kopieren Sie das Datum aus der Spalte „Gültig bis“.',
  ),
  microsoft_reset: say(
    'Microsoft wurde zurückgesetzt',
    'Jemand mit Administratorrechten hat die Microsoft-Einrichtung zurückgesetzt und alle Anmeldungen beendet.',
    'Melden Sie sich erneut an, sobald Microsoft eingerichtet ist.',
  ),
  app_secret_ending: say(
    'Das Clientgeheimnis läuft bald ab',
    'Das Clientgeheimnis der App endet am {date}. Danach kommt keine E-Mail mehr an und geht keine mehr hinaus.',
    'Erstellen Sie in Microsoft Entra ein neues Clientgeheimnis und speichern Sie es in der Einrichtung.',
  ),
  clock_wrong: say(
    'Die Uhr des Servers geht falsch',
    'Sie weicht um {seconds} Sekunden von der Uhr bei Microsoft ab. Ab einer Minute werden Anmeldungen abgelehnt.',
    'Lassen Sie den Server seine Uhr über NTP stellen.',
  ),
  grant_expired_inactive: say(
    'Die Anmeldung ist abgelaufen',
    'Microsoft beendet eine Anmeldung, die 90 Tage nicht benutzt wurde.',
    'Melden Sie sich erneut an.',
  ),
  switch_needs_sign_in: say(
    'Zum Umstellen bitte neu anmelden',
    'Die Umstellung braucht andere Berechtigungen. Bis dahin bleibt alles, wie es ist.',
    'Melden Sie sich erneut an, um sie abzuschließen.',
  ),
} satisfies OwnFailuresDe
