import { failures } from '@tenantry/sdk/errors'
import type { ErrorCode } from '@tenantry/sdk/errors'

/** What the page says, all of it in one language. */
export interface CallbackWords {
  readonly language: 'en' | 'de'
  readonly title: string
  readonly detail: string
  readonly remedy: string
  /** The link's text. */
  readonly back: string
}

type Words = Pick<CallbackWords, 'title' | 'detail' | 'remedy'>

const say = (title: string, detail: string, remedy: string): Words => ({ title, detail, remedy })

const connectedInEnglish = say('Connected', 'You can close this window.', '')
const connectedInGerman = say('Verbunden', 'Sie können dieses Fenster schließen.', '')

const startAgain = 'Beginnen Sie erneut auf der Einstellungsseite.'
const tryAgain = 'Versuchen Sie es erneut.'

// What can end a sign-in; the rest is said in English.
const german: Readonly<Partial<Record<ErrorCode, Words>>> = {
  state_invalid: say(
    'Der Anmelde-Link ist nicht gültig',
    'Die Antwort gehört zu keiner Anmeldung, die hier begonnen wurde. Es wurde nichts gespeichert.',
    startAgain,
  ),
  state_expired: say(
    'Die Anmeldung hat zu lange gedauert',
    'Zur Sicherheit gilt der Link 10 Minuten. Es wurde nichts gespeichert.',
    tryAgain,
  ),
  state_used: say('Die Anmeldung wurde bereits verwendet', 'Jede Anmeldung gilt einmal. Es wurde nichts geändert.', startAgain),
  browser_mismatch: say(
    'Ein anderer Browser hat geantwortet',
    'Die Anmeldung wurde in einem anderen Browser begonnen. Es wurde nichts gespeichert.',
    'Beginnen und beenden Sie die Anmeldung im selben Browser.',
  ),
  session_mismatch: say(
    'Eine andere Person hat geantwortet',
    'Die Anmeldung wurde von einer anderen Person oder Organisation begonnen. Es wurde nichts gespeichert.',
    'Melden Sie sich als die Person an, die begonnen hat, und versuchen Sie es erneut.',
  ),
  issuer_mismatch: say(
    'Die Antwort hat den falschen Absender',
    'Die Antwort nennt einen anderen Anmeldeserver. Es wurde nichts gespeichert.',
    startAgain,
  ),
  access_denied: say(
    'Der Zugriff wurde nicht erlaubt',
    'Die Anmeldung wurde bei Google abgebrochen oder abgelehnt. Es wurde nichts geändert.',
    'Beginnen Sie erneut, wenn Sie bereit sind.',
  ),
  admin_policy: say(
    'Ihre Organisation blockiert diese App',
    'Eine Richtlinie Ihrer Organisation hat die Anmeldung abgelehnt.',
    'Bitten Sie einen Super Admin, der App unter API-Steuerung zu vertrauen.',
  ),
  oauth_refused: say(
    'Google hat die Anmeldung abgelehnt',
    'Google hat mit einem Fehler geantwortet. Es wurde nichts gespeichert.',
    'Führen Sie die Prüfungen aus und versuchen Sie es erneut.',
  ),
  id_token_invalid: say(
    'Die Anmeldung ließ sich nicht bestätigen',
    'Der Nachweis, wer sich angemeldet hat, ist nicht gültig. Es wurde nichts gespeichert.',
    tryAgain,
  ),
  insufficient_scope: say(
    'Einige Berechtigungen wurden nicht erlaubt',
    'Nicht erlaubt: {scopes}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und setzen Sie jedes Häkchen.',
  ),
  account_mismatch: say(
    'Sie haben sich mit einem anderen Konto angemeldet',
    'Erwartet war {expected}, angemeldet wurde {actual}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und wählen Sie {expected}.',
  ),
  needs_consent: say(
    'Google hat kein Aktualisierungstoken gesendet',
    'Ohne dieses endet der Zugriff nach einer Stunde, deshalb wurde nichts gespeichert.',
    'Entfernen Sie den Zugriff unter myaccount.google.com/permissions und verbinden Sie erneut.',
  ),
  connection_exists: say(
    'Dieses Konto ist schon verbunden',
    'Die Verbindung {name} nutzt es bereits.',
    'Öffnen Sie stattdessen diese Verbindung.',
  ),
  app_client_id_invalid: say(
    'Google kennt die Client-ID nicht',
    'Der OAuth-Client wurde nicht gefunden oder gelöscht.',
    'Kopieren Sie die Client-ID noch einmal von der Seite „Clients“.',
  ),
  app_secret_invalid: say(
    'Google hat das Client-Secret abgelehnt',
    'Die Client-ID ist bekannt, aber das Secret passt nicht dazu.',
    'Erstellen Sie auf der Seite des Clients mit Add secret ein neues Secret und ersetzen Sie es in den Einstellungen.',
  ),
  provider_unavailable: say('Google hat nicht geantwortet', 'Google war nicht erreichbar oder hat mit einem Fehler geantwortet.', tryAgain),
  conflict: say('Jemand hat die Google-App geändert', 'Sie wurde während der Anmeldung geändert. Es wurde nichts gespeichert.', startAgain),
  forbidden: say(
    'Das dürfen Sie nicht',
    'Ihre Rolle erlaubt es nicht. Es wurde nichts geändert.',
    'Fragen Sie jemanden, der Integrationen verwalten darf.',
  ),
  not_found: say('Die Verbindung gibt es nicht mehr', 'Sie wurde während der Anmeldung entfernt.', startAgain),
  unavailable: say(
    'Vorübergehend nicht verfügbar',
    'Der Speicher hat nicht geantwortet. Es wurde nichts geändert.',
    'Laden Sie diese Seite gleich noch einmal.',
  ),
  internal: say('Etwas ist schiefgegangen', 'Ein unerwarteter Fehler ist aufgetreten. Es ist nichts verloren.', tryAgain),
}

/** The words for how a sign-in ended: in German when the browser prefers it and the words are known, else in English. */
export function callbackWords(acceptLanguage: string, code: ErrorCode | null): CallbackWords {
  const words = code === null ? connectedInGerman : german[code]
  if (words !== undefined && /^\s*de\b/i.test(acceptLanguage)) return { language: 'de', ...words, back: 'Zurück zu den Einstellungen' }
  return { language: 'en', ...(code === null ? connectedInEnglish : failures[code]), back: 'Back to the settings' }
}
