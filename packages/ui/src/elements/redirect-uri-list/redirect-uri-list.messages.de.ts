import type { Translation } from '../../locales/message.ts'
import type { redirectUriListMessages } from './redirect-uri-list.messages.ts'

export const redirectUriListMessagesDe: Translation<typeof redirectUriListMessages> = {
  gmail: 'Gmail',
  calendar: 'Kalender',
  nameOf: 'Weiterleitungs-URI für {service}',
  all: 'Alle Weiterleitungs-URIs',
  notHttps: 'Google akzeptiert nur https-Adressen. Bitten Sie Ihre Administration, die öffentliche URL von {app} festzulegen.',
}
