import type { Translation } from '../../locales/message.ts'
import type { whatDidGoogleShowMessages } from './what-did-google-show.messages.ts'

export const whatDidGoogleShowMessagesDe: Translation<typeof whatDidGoogleShowMessages> = {
  summary: 'Was hat Google angezeigt?',
  redirect_uri_mismatch: 'Fehler 400: redirect_uri_mismatch',
  redirect_uri_mismatchFix:
    'Google kennt diese Weiterleitungs-URI noch nicht. Öffnen Sie Ihren OAuth-Client und tragen Sie genau diese URI ein, ohne Schrägstrich am Ende. Änderungen können einige Minuten dauern.',
  invalid_client: 'Fehler 401: invalid_client, „The OAuth client was not found“',
  invalid_clientFix: 'Diese Client-ID gibt es bei Google nicht. Kopieren Sie sie noch einmal von der Seite „Clients“.',
  deleted_client: 'Fehler 401: deleted_client',
  deleted_clientFix:
    'Dieser OAuth-Client wurde gelöscht. Google löscht Clients, die sechs Monate nicht benutzt wurden. Legen Sie einen neuen an und ersetzen Sie Client-ID und Client-Secret in der Google-Einrichtung.',
  access_denied: 'Fehler 403: access_denied, „hat den Google-Überprüfungsprozess nicht abgeschlossen“',
  access_deniedFix:
    'Ihre App ist im Test, und dieses Konto ist kein Testnutzer. Fügen Sie das Konto unter **Testnutzer** hinzu, oder veröffentlichen Sie die App.',
  org_internal: 'Fehler 403: org_internal',
  org_internalFix:
    'Ihre App ist intern. Nur Konten Ihres eigenen Google Workspace können sich anmelden. Nehmen Sie ein Konto Ihrer Organisation, oder ändern Sie den Nutzertyp auf **Extern**.',
  admin_policy_enforced: 'Fehler 400: admin_policy_enforced, „der Administrator Ihrer Einrichtung muss prüfen“',
  admin_policy_enforcedFix:
    'Ihre Google-Workspace-Administration blockiert diese App. Ein Super Admin kann ihr unter **Sicherheit** > **Zugriffs- und Datenkontrolle** > **API-Steuerung** vertrauen: **Internen Apps vertrauen** einschalten, oder diese Client-ID als **Vertrauenswürdig** hinzufügen.',
  unverified_app: '„Google hat diese App nicht überprüft“',
  unverified_appFix: 'Das ist bei Ihrer eigenen App normal. Wählen Sie **Erweitert** und dann **Weiter zu** Ihrer App **(unsicher)**.',
  closed: 'Ich habe es geschlossen oder „Abbrechen“ gewählt',
  closedFix: 'Es wurde nichts geändert. Beginnen Sie neu, wenn Sie so weit sind.',
  other: 'Etwas anderes',
  otherFix: 'Kopieren Sie den Fehlertext und starten Sie die Prüfung am Ende der Google-Einrichtung.',
  clients: 'Clients öffnen',
  audience: 'Zielgruppe öffnen',
  api_controls: 'API-Steuerung öffnen',
  console: 'die Google Cloud Console',
  admin: 'die Google-Admin-Konsole',
  redirect_uri: 'Weiterleitungs-URI',
  client_id: 'Client-ID',
  runChecks: 'Google-Einrichtung öffnen',
}
