import { defineTexts } from './define-texts.ts'

/** Microsoft: the app and the sign-in. */
export const microsoftFailuresDe = defineTexts({
  microsoft_not_configured: [
    'Microsoft ist noch nicht eingerichtet',
    'Es fehlt: {missing}.',
    'Jemand mit Administratorrechten muss zuerst die Microsoft-Einrichtung abschließen.',
  ],
  app_secret_expired: [
    'Das Clientgeheimnis ist abgelaufen',
    'Microsoft nimmt das Clientgeheimnis der App nicht mehr an. Alle Microsoft-Verbindungen warten auf ein neues; niemand muss sich neu anmelden.',
    'Erstellen Sie in Microsoft Entra ein neues Clientgeheimnis und speichern Sie es in der Einrichtung.',
  ],
  directory_not_found: [
    'Dieses Verzeichnis gibt es nicht',
    'Microsoft kennt kein Verzeichnis {directory}.',
    'Prüfen Sie Verzeichnis-ID (Mandant) und Cloud in der Einrichtung.',
  ],
  wrong_directory: [
    'Das Konto einer anderen Organisation',
    'Das Konto gehört zu einem anderen Verzeichnis als die App.',
    'Melden Sie sich mit einem Konto Ihrer eigenen Organisation an.',
  ],
  not_assigned: [
    'Das Konto darf die App nicht verwenden',
    'Nur Personen, die der App zugewiesen sind, dürfen sie verwenden.',
    'Bitten Sie Ihre Administration, das Konto in Microsoft Entra der App zuzuweisen.',
  ],
  account_not_found: [
    'Microsoft kennt das Konto nicht',
    'Das Konto gibt es im Verzeichnis nicht mehr.',
    'Melden Sie sich mit einem anderen Konto an.',
  ],
  consent_required: [
    'Eine Berechtigung fehlt',
    'Den Berechtigungen, die das Postfach braucht, hat noch niemand zugestimmt.',
    'Melden Sie sich erneut an und stimmen Sie zu, oder lassen Sie die App von jemandem mit Administratorrechten genehmigen.',
  ],
  consent_declined: [
    'Die Berechtigungen wurden abgelehnt',
    'Ohne sie können E-Mails weder gelesen noch gesendet werden.',
    'Melden Sie sich erneut an und nehmen Sie alle Berechtigungen an.',
  ],
  admin_consent_required: [
    'Die App muss erst genehmigt werden',
    'In Ihrer Organisation dürfen nur Personen mit Administratorrechten diesen Berechtigungen zustimmen.',
    'Schicken Sie ihnen den Link zur Genehmigung und melden Sie sich danach erneut an.',
  ],
  interactive_required: [
    'Microsoft möchte die Person noch einmal sehen',
    'Die Anmelderegeln der Organisation verlangen einen weiteren Nachweis, etwa einen zweiten Faktor.',
    'Melden Sie sich erneut an.',
  ],
  blocked_by_conditional_access: [
    'Von einer Anmelderegel gesperrt',
    'Eine Richtlinie für bedingten Zugriff der Organisation verhindert, dass sich diese App anmeldet.',
    'Bitten Sie jemanden mit Administratorrechten, die App oder das Konto von der Richtlinie auszunehmen, und melden Sie sich dann erneut an.',
  ],
})
