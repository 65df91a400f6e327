import type { ErrorCode } from '@tenantry/sdk/errors'
import type { FailureTexts } from './failure.messages.ts'
import { say } from './say.ts'

/** Microsoft: the app, its secret and the sign-in. */
export const microsoftFailuresDe = {
  microsoft_not_configured: say(
    'Microsoft ist noch nicht eingerichtet',
    'Es fehlt: {missing}.',
    'Jemand mit Administratorrechten muss zuerst die Microsoft-Einrichtung abschließen.',
  ),
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
  app_secret_expired: say(
    'Das Clientgeheimnis ist abgelaufen',
    'Microsoft nimmt das Clientgeheimnis der App nicht mehr an. Alle Microsoft-Verbindungen warten auf ein neues; niemand muss sich neu anmelden.',
    'Erstellen Sie in Microsoft Entra ein neues Clientgeheimnis und speichern Sie es in der Einrichtung.',
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
  directory_not_found: say(
    'Dieses Verzeichnis gibt es nicht',
    'Microsoft kennt kein Verzeichnis {directory}.',
    'Prüfen Sie Verzeichnis-ID (Mandant) und Cloud in der Einrichtung.',
  ),
  wrong_directory: say(
    'Das Konto einer anderen Organisation',
    'Das Konto gehört zu einem anderen Verzeichnis als die App.',
    'Melden Sie sich mit einem Konto Ihrer eigenen Organisation an.',
  ),
  account_not_found: say(
    'Microsoft kennt das Konto nicht',
    'Das Konto gibt es im Verzeichnis nicht mehr.',
    'Melden Sie sich mit einem anderen Konto an.',
  ),
  consent_required: say(
    'Eine Berechtigung fehlt',
    'Den Berechtigungen, die das Postfach braucht, hat noch niemand zugestimmt.',
    'Melden Sie sich erneut an und stimmen Sie zu, oder lassen Sie die App von jemandem mit Administratorrechten genehmigen.',
  ),
  consent_declined: say(
    'Die Berechtigungen wurden abgelehnt',
    'Ohne sie können E-Mails weder gelesen noch gesendet werden.',
    'Melden Sie sich erneut an und nehmen Sie alle Berechtigungen an.',
  ),
  admin_consent_required: say(
    'Die App muss erst genehmigt werden',
    'In Ihrer Organisation dürfen nur Personen mit Administratorrechten diesen Berechtigungen zustimmen.',
    'Schicken Sie ihnen den Link zur Genehmigung und melden Sie sich danach erneut an.',
  ),
  interactive_required: say(
    'Microsoft möchte die Person noch einmal sehen',
    'Die Anmelderegeln der Organisation verlangen einen weiteren Nachweis, etwa einen zweiten Faktor.',
    'Melden Sie sich erneut an.',
  ),
  blocked_by_conditional_access: say(
    'Von einer Anmelderegel gesperrt',
    'Eine Richtlinie für bedingten Zugriff der Organisation verhindert, dass sich diese App anmeldet.',
    'Bitten Sie jemanden mit Administratorrechten, die App oder das Konto von der Richtlinie auszunehmen, und melden Sie sich dann erneut an.',
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
} satisfies Partial<Record<ErrorCode, FailureTexts>>
