import type { Translation } from '../../locales/message.ts'
import type { microsoftSetupPanelMessages } from './microsoft-setup-panel.messages.ts'

export const microsoftSetupPanelMessagesDe: Translation<typeof microsoftSetupPanelMessages> = {
  title: 'Microsoft 365',
  subtitle:
    'Verbinden Sie freigegebene Postfächer mit der eigenen App Ihrer Organisation in Microsoft Entra, über die Ihre Administratoren bestimmen.',
  stepsLabel: 'Schritte der Microsoft-Einrichtung',
  timeNote:
    'Dauert etwa 10 Minuten. Sie brauchen ein Konto, das Apps registrieren darf, und jemanden mit Administratorrechten, der die App genehmigt.',
  savedReconnect: 'Gespeichert. Melden Sie sich für jedes Postfach neu an, damit es die neue App verwendet.',
  entra: 'Microsoft Entra Admin Center',
  azure: 'Azure-Portal',
  linkRegistrations: 'App-Registrierungen',
  linkNewRegistration: 'Neue Registrierung',
  linkCloudShell: 'Azure Cloud Shell',

  registerTitle: 'App registrieren',
  notHttps: 'Microsoft nimmt nur https-Adressen an. Bitten Sie Ihre Administration, die öffentliche Adresse von {app} einzustellen.',
  registerOpen: 'Öffnen Sie in Microsoft Entra **App-Registrierungen** > {link}.',
  registerName: '**Name**: Man sieht ihn bei der Anmeldung.',
  nameOf: 'Name',
  registerAccounts: '**Unterstützte Kontotypen**: **Nur Konten in diesem Organisationsverzeichnis**.',
  registerRedirect: '**Umleitungs-URI**: Wählen Sie **Web** und tragen Sie diese Adresse genau so ein. Wählen Sie dann **Registrieren**.',
  redirectUri: 'Umleitungs-URI',
  registerCopy: 'Kopieren Sie aus der **Übersicht** die **Verzeichnis-ID (Mandant)** und die **Anwendungs-ID (Client)**.',
  directoryLabel: 'Verzeichnis-ID (Mandant)',
  directoryRequired: 'Geben Sie die Verzeichnis-ID ein.',
  clientIdLabel: 'Anwendungs-ID (Client)',
  clientIdRequired: 'Geben Sie die Anwendungs-ID ein.',
  cloudSummary: 'Unsere Organisation ist in einer anderen Microsoft-Cloud',
  cloudLabel: 'Cloud',
  global: 'Weltweit',
  us_gov_high: 'US-Regierung (GCC High)',
  us_gov_dod: 'US-Regierung (DoD)',
  china: 'China (21Vianet)',
  scriptSummary: 'Alles stattdessen mit einem Skript erledigen',
  scriptHelp:
    'Führen Sie dies in {link} (Bash) aus. Es registriert die App mit Umleitungs-URI, Berechtigungen und Clientgeheimnis und gibt aus, was hier einzufügen ist.',
  script: 'Skript für Azure Cloud Shell',

  secretTitle: 'Clientgeheimnis erstellen',
  secretOpen: 'Öffnen Sie Ihre App in {link} und dann **Zertifikate & Geheimnisse**.',
  secretNew: 'Wählen Sie unter **Geheime Clientschlüssel** die Option **Neuer geheimer Clientschlüssel**.',
  secretExpires: '**Gültig bis**: 24 Monate sind das Längste. Wählen Sie **Hinzufügen**.',
  secretCopy: 'Kopieren Sie jetzt die Spalte **Wert**: Microsoft zeigt sie einmal. Die Spalte **Geheime ID** ist etwas anderes.',
  clientSecretLabel: 'Clientgeheimnis (Wert)',
  clientSecretRequired: 'Geben Sie das Clientgeheimnis ein.',
  expiresLabel: 'Geheimnis gültig bis',
  expiresHelp:
    'Aus der Spalte **Gültig bis**, als Jahr-Monat-Tag. Hier steht eine Warnung, 30 Tage bevor es endet und alle Postfächer stehen bleiben.',
  rotation: 'Ein Geheimnis ohne Unterbrechung ersetzen',
  rotationBody:
    'Eine App kann zwei Geheimnisse haben. Erstellen Sie das neue, ersetzen Sie es hier, führen Sie die Prüfungen aus und löschen Sie dann das alte. Niemand muss sich neu anmelden.',

  permissionsTitle: 'Berechtigungen hinzufügen',
  permissionsOpen: 'Öffnen Sie Ihre App in {link}, dann **API-Berechtigungen** > **Berechtigung hinzufügen**.',
  addDelegated:
    'Wählen Sie **Microsoft Graph** > **Delegierte Berechtigungen** und haken Sie diese an. Lassen Sie weg, was nur für Sende- und Empfangswege vermerkt ist, die Sie nicht nutzen.',
  addApplication:
    'Nur für sofortige Benachrichtigungen: **Microsoft Graph** > **Anwendungsberechtigungen**. Beschränken Sie sie in Exchange auf Ihre Postfächer.',
  allPermissions: 'alle Berechtigungen',
  wayGraph: 'Graph',
  wayPush: 'Graph mit Benachrichtigungen',
  wayGraphImap: 'IMAP, gesendet mit Graph',
  wayImapSmtp: 'IMAP und SMTP',
  wayImapRelay: 'IMAP',
  wayOversize: 'Große Nachrichten mit SMTP, freiwillig',
  approve:
    'Jemand mit Administratorrechten genehmigt die App: mit **Administratorzustimmung erteilen** auf dieser Seite von Entra, oder indem er oder sie diesen Link öffnet und zustimmt.',
  approveLater: 'Der Link erscheint, sobald Verzeichnis-ID und Anwendungs-ID gespeichert sind.',
  consentLink: 'Link zur Genehmigung',
  approved: 'Jemand mit Administratorrechten in unserer Organisation hat die App genehmigt',
  permissionsWait: 'Bis neue Berechtigungen bei Microsoft wirken, kann eine Stunde vergehen.',

  verifyTitle: 'Prüfen und verbinden',
  verifyReady: 'Microsoft ist bereit. Verbinden Sie ein freigegebenes Postfach.',
  connectMailbox: 'Freigegebenes Postfach verbinden',

  danger: 'Microsoft zurücksetzen',
  dangerBody: {
    one: 'Trennt {count} Postfach, bestellt die Benachrichtigungen von Microsoft ab und löscht die gespeicherten IDs und das Geheimnis. E-Mails bleiben in Microsoft 365. Das lässt sich nicht rückgängig machen.',
    other:
      'Trennt {count} Postfächer, bestellt die Benachrichtigungen von Microsoft ab und löscht die gespeicherten IDs und das Geheimnis. E-Mails bleiben in Microsoft 365. Das lässt sich nicht rückgängig machen.',
  },
}
