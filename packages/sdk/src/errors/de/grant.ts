import { defineTexts } from './define-texts.ts'

/** The grant and the app. */
export const grantFailuresDe = defineTexts({
  grant_revoked: [
    '{vendor} hat diese Verbindung beendet',
    'Das Passwort wurde geändert, der Zugriff entfernt, oder eine Richtlinie hat ihn beendet. Bei {vendor} ist nichts verloren.',
    'Verbinden Sie erneut.',
  ],
  app_changed: [
    'Die {vendor}-App wurde gewechselt',
    'Ihre Administration hat einen anderen OAuth-Client hinterlegt, und eine Anmeldung gehört zu dem Client, mit dem sie gemacht wurde. Bei {vendor} ist nichts verloren.',
    'Verbinden Sie erneut.',
  ],
  app_client_id_invalid: [
    '{vendor} kennt die Client-ID nicht',
    'Der OAuth-Client wurde nicht gefunden oder gelöscht.',
    'Kopieren Sie die Client-ID noch einmal von der Seite „Clients“.',
  ],
  app_client_disabled: [
    'Der OAuth-Client ist deaktiviert',
    '{vendor} lässt niemanden diesen Client verwenden, bis er wieder aktiviert ist.',
    'Aktivieren Sie ihn auf der Seite „Clients“, oder erstellen Sie einen neuen und ersetzen Sie Client-ID und Secret in den Einstellungen.',
  ],
  app_secret_invalid: [
    '{vendor} hat das Client-Secret abgelehnt',
    'Die Client-ID ist bekannt, aber das Secret passt nicht dazu.',
    'Erstellen Sie auf der Seite des Clients mit Add secret ein neues Secret und ersetzen Sie es in den Einstellungen.',
  ],
  app_unauthorized: [
    'Die App darf das nicht',
    '{vendor} erlaubt diesem Client nicht, auf diesem Weg Tokens anzufordern.',
    'Prüfen Sie den Typ des Clients und das Dienstkonto.',
  ],
})
