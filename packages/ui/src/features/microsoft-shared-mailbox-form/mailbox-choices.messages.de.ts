import type { Translation } from '../../locales/message.ts'
import type { mailboxChoicesMessages } from './mailbox-choices.messages.ts'

export const mailboxChoicesMessagesDe: Translation<typeof mailboxChoicesMessages> = {
  whoseApp: 'Mit welcher Microsoft-App angemeldet wird',
  ownApp: '**Die eigene App Ihrer Organisation**',
  ownAppHelp: 'Sie wird in der Microsoft-Einrichtung eingetragen. Ihre Administration bestimmt über sie.',
  hostApp: '**Die App von {app}**',
  hostAppHelp: 'Sie müssen nichts registrieren. Vielleicht muss jemand mit Administratorrechten die App einmal genehmigen.',
  switchingApp: 'Eine Anmeldung gehört zu der App, mit der sie gemacht wurde. Melden Sie sich erneut an, um die Umstellung abzuschließen.',
  advanced: 'Erweitert',
  moreWays: 'Weitere Wege, zu senden und zu empfangen',
  graphImap: '**Mit Microsoft Graph senden, mit IMAP empfangen**',
  graphImapHelp: 'Für Organisationen ohne authentifiziertes SMTP. IMAP muss für das Postfach eingeschaltet sein.',
  graphWebhook: '**Microsoft meldet neue E-Mails**',
  graphWebhookHelp:
    'E-Mails kommen sofort an. Jemand mit Administratorrechten genehmigt Anwendungsberechtigungen: Danach darf die App jedes Postfach lesen, bis Exchange sie einschränkt.',
  oversize: 'Mit SMTP senden, was für Microsoft Graph zu groß ist',
  oversizeHelp:
    'Die Person, die sich anmeldet, braucht authentifiziertes SMTP und wird um eine weitere Berechtigung gebeten. Sonst wird eine solche Nachricht abgelehnt.',
  refuseOversize: 'SMTP für große Nachrichten nicht mehr verwenden',
  before: 'Bevor Sie beginnen',
  fullAccess: 'Sie melden sich als Person an, die **Vollzugriff** auf das Postfach hat',
  sendAs: 'Dieselbe Person hat für das Postfach die Berechtigung **Senden als**',
  approved: 'Jemand mit Administratorrechten in Ihrer Organisation hat {app} genehmigt, sofern nur Administratoren das dürfen',
  hour: 'Vollzugriff und „Senden als“ vergibt die Exchange-Administration. Bis sie wirken, kann eine Stunde vergehen.',
  approves: 'Sie melden sich mit Administratorrechten an und genehmigen die **Anwendungsberechtigungen** der App für Ihre Organisation',
  everyMailbox:
    'Niemand braucht Vollzugriff. Bis Exchange die App einschränkt, kann sie jedes Postfach Ihrer Organisation lesen und von jedem senden.',
}
