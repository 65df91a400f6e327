import type { Translation } from '../../locales/message.ts'
import type { gmailProviderFormMessages } from './gmail-provider-form.messages.ts'

export const gmailProviderFormMessagesDe: Translation<typeof gmailProviderFormMessages> = {
  title: 'Gmail verbinden',
  subtitle: 'Was in diesem Postfach eingeht, kommt in {app} an.',
  mailbox: 'Gmail-Adresse',
  mailboxHelp: 'Wir bitten Google um die Anmeldung mit dieser Adresse. Meldet sich ein anderes Konto an, wird nichts gespeichert.',
  mailboxProblem: 'Geben Sie eine Adresse wie support@acme.com ein.',
  duplicate: 'Dieses Postfach ist schon verbunden: {name}.',
  openIt: 'Öffnen',
  labels: 'Was importiert wird',
  labelsBefore: 'E-Mails im Posteingang werden importiert. Labels können Sie wählen, sobald Sie verbunden sind.',
  labelsRequired: 'Wählen Sie mindestens ein Label.',
  include: 'E-Mails mit diesen Labels: {labels}',
  exclude: 'E-Mails ohne diese Labels: {labels}',
  inbox: 'Posteingang',
  lastItem: 'Letzte E-Mail',
  instant: 'Sofort',
  taskWatch: 'Benachrichtigung durch Gmail starten',
  notAnnounced: 'Verbunden, aber neue E-Mails werden noch nicht angekündigt.',
  notLost: 'Es geht nichts verloren: Die E-Mails bleiben im Postfach und werden importiert, sobald es wieder geht.',
}
