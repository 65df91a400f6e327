import type { Translation } from '../../locales/message.ts'
import type { diagnosticsReportMessages } from './diagnostics-report.messages.ts'

export const diagnosticsReportMessagesDe: Translation<typeof diagnosticsReportMessages> = {
  title: 'Diagnose',
  setup: 'Vergleicht die gespeicherte {vendor}-Einrichtung mit dem, was bei {vendor} jetzt steht. Es wird nichts geändert.',
  connection: 'Prüft diese Verbindung an dem, was {vendor} jetzt meldet. Es wird nichts geändert.',
  run: 'Prüfungen ausführen',
  again: 'Erneut ausführen',
  stale: 'Erneut prüfen war nicht möglich. Darunter steht der letzte Bericht.',
  copyBundle: 'Support-Paket kopieren',
  bundleTitle: 'Support-Paket',
  bundleLead:
    'Senden Sie es an die Person, die Ihnen hilft. Es enthält keine Geheimnisse, keine Anmeldungen und keine Nachrichteninhalte. Lesen Sie es vor dem Senden: Kopiert wird genau das, was Sie sehen.',
  addresses: 'Adressen aufnehmen',
  addressesHelp: 'Ohne Haken wird der Name vor jedem @ ersetzt; die Domain bleibt.',
  preview: 'Inhalt des Support-Pakets',
  bundleName: 'Support-Paket',
  copy: 'Kopieren',
  close: 'Schließen',
}
