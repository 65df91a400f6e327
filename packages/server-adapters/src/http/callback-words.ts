import type { ErrorCode } from '@tenantry/sdk/errors'

interface Words {
  readonly title: string
  readonly detail: string
  readonly remedy: string
}

export interface CallbackWords {
  readonly language: 'en' | 'de'
  readonly connected: string
  readonly closes: string
  readonly back: string
  /** Only what can end a sign-in; the rest is said in English. */
  readonly failures: Readonly<Partial<Record<ErrorCode, Words>>>
}

const english: CallbackWords = {
  language: 'en',
  connected: 'Connected',
  closes: 'You can close this window.',
  back: 'Back to the settings',
  failures: {},
}

const german: CallbackWords = {
  language: 'de',
  connected: 'Verbunden',
  closes: 'Sie können dieses Fenster schließen.',
  back: 'Zurück zu den Einstellungen',
  failures: {
    state_invalid: { title: 'Der Anmelde-Link ist ungültig', detail: 'Die Antwort gehört zu keiner Anmeldung, die hier begonnen wurde. Nichts wurde gespeichert.', remedy: 'Beginnen Sie in den Einstellungen neu.' },
    state_expired: { title: 'Die Anmeldung hat zu lange gedauert', detail: 'Der Link gilt aus Sicherheitsgründen 10 Minuten. Nichts wurde gespeichert.', remedy: 'Versuchen Sie es noch einmal.' },
    state_used: { title: 'Die Anmeldung wurde schon verwendet', detail: 'Jede Anmeldung gilt einmal. Nichts wurde geändert.', remedy: 'Beginnen Sie in den Einstellungen neu.' },
    browser_mismatch: { title: 'Ein anderer Browser hat geantwortet', detail: 'Die Anmeldung wurde in einem anderen Browser begonnen. Nichts wurde gespeichert.', remedy: 'Beginnen und beenden Sie sie im selben Browser.' },
    session_mismatch: { title: 'Eine andere Person hat geantwortet', detail: 'Die Anmeldung wurde von einer anderen Person oder Organisation begonnen. Nichts wurde gespeichert.', remedy: 'Melden Sie sich als die Person an, die begonnen hat.' },
    access_denied: { title: 'Der Zugriff wurde nicht erlaubt', detail: 'Die Anmeldung wurde bei Google abgebrochen oder abgelehnt. Nichts wurde geändert.', remedy: 'Beginnen Sie neu, wenn Sie so weit sind.' },
    insufficient_scope: { title: 'Einige Berechtigungen fehlen', detail: 'Nicht erlaubt: {scopes}. Nichts wurde gespeichert.', remedy: 'Verbinden Sie noch einmal und setzen Sie jedes Häkchen.' },
    account_mismatch: { title: 'Sie haben sich mit einem anderen Konto angemeldet', detail: 'Erwartet: {expected}, erhalten: {actual}. Nichts wurde gespeichert.', remedy: 'Verbinden Sie noch einmal und wählen Sie {expected}.' },
    needs_consent: { title: 'Google hat kein Aktualisierungs-Token geschickt', detail: 'Ohne es endet der Zugriff nach einer Stunde, deshalb wurde nichts gespeichert.', remedy: 'Entfernen Sie den Zugriff unter myaccount.google.com/permissions und verbinden Sie noch einmal.' },
    connection_exists: { title: 'Dieses Konto ist schon verbunden', detail: 'Die Verbindung {name} nutzt es bereits.', remedy: 'Öffnen Sie stattdessen diese Verbindung.' },
  },
}

/** English, or German when the browser prefers it. */
export function callbackWords(acceptLanguage: string): CallbackWords {
  return /^\s*de\b/i.test(acceptLanguage) ? german : english
}
