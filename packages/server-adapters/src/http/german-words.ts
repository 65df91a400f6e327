import type { ErrorCode, FailureWords } from '@tenantry/sdk/errors'
import { germanMicrosoftWords } from './german-microsoft-words.ts'

type Words = Pick<FailureWords, 'title' | 'detail' | 'remedy'>

const say = (title: string, detail: string, remedy: string): Words => ({ title, detail, remedy })

const again = 'Versuchen Sie es erneut.'
const fromSettings = 'Beginnen Sie erneut auf der Einstellungsseite.'

/** German words for what can end a sign-in. */
export const germanWords: Readonly<Partial<Record<ErrorCode, Words>>> = {
  ...germanMicrosoftWords,
  unauthenticated: say('Sie sind abgemeldet', 'Dafür muss eine Person angemeldet sein.', 'Melden Sie sich an und versuchen Sie es erneut.'),
  forbidden: say(
    'Das dürfen Sie nicht',
    'Ihre Rolle erlaubt das nicht. Es wurde nichts geändert.',
    'Wenden Sie sich an jemanden, der Integrationen verwalten darf.',
  ),
  not_found: say('Nicht gefunden', 'Es existiert nicht, oder es gehört jemand anderem.', 'Laden Sie die Einstellungsseite neu.'),
  conflict: say('Jemand anderes hat das geändert', 'Die Einstellungen wurden während der Anmeldung geändert.', fromSettings),
  rate_limited: say('Zu viele Anfragen', 'In kurzer Zeit kamen zu viele Anfragen.', 'Warten Sie einen Moment und versuchen Sie es erneut.'),
  unavailable: say(
    'Vorübergehend nicht erreichbar',
    'Der Speicher hat nicht geantwortet. Es wurde nichts geändert.',
    'Versuchen Sie es gleich noch einmal.',
  ),
  secrets_unreadable: say(
    'Gespeicherte Geheimnisse sind nicht lesbar',
    'Der Schlüssel, der die gespeicherten Geheimnisse schützt, fehlt oder ist falsch.',
    'Stellen Sie den Schlüssel wieder her und versuchen Sie es erneut.',
  ),
  internal: say('Etwas ist schiefgegangen', 'Es trat ein unerwarteter Fehler auf. Es ist nichts verloren.', again),
  google_not_configured: say(
    'Google ist noch nicht eingerichtet',
    'Ihre Organisation hat ihre eigene Google-App noch nicht hinterlegt: {missing}. Es wird nie stattdessen eine gemeinsame App verwendet.',
    'Öffnen Sie die Google-Einrichtung und schließen Sie sie ab.',
  ),
  connection_exists: say(
    'Dieses Konto ist bereits verbunden',
    'Das Konto wird von der Verbindung {name} verwendet.',
    'Öffnen Sie stattdessen diese Verbindung.',
  ),
  state_invalid: say(
    'Der Anmeldelink ist nicht gültig',
    'Die Antwort gehört zu keiner Anmeldung, die hier begonnen wurde. Es wurde nichts gespeichert.',
    fromSettings,
  ),
  state_expired: say('Die Anmeldung hat zu lange gedauert', 'Zur Sicherheit gilt der Link 10 Minuten. Es wurde nichts gespeichert.', again),
  state_used: say('Die Anmeldung wurde bereits verwendet', 'Jede Anmeldung gilt einmal. Es wurde nichts geändert.', fromSettings),
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
    fromSettings,
  ),
  access_denied: say(
    'Der Zugriff wurde nicht erlaubt',
    'Die Anmeldung wurde bei {vendor} abgebrochen oder abgelehnt. Es wurde nichts geändert.',
    'Beginnen Sie erneut, wenn Sie bereit sind.',
  ),
  admin_policy: say(
    'Ihre Organisation blockiert diese App',
    'Eine Richtlinie Ihrer Organisation hat die Anmeldung abgelehnt.',
    'Bitten Sie einen Super Admin, der App unter API-Steuerung zu vertrauen.',
  ),
  oauth_refused: say(
    '{vendor} hat die Anmeldung abgelehnt',
    '{vendor} hat mit einem Fehler geantwortet. Es wurde nichts gespeichert.',
    'Führen Sie die Prüfungen aus und versuchen Sie es erneut.',
  ),
  id_token_invalid: say(
    'Die Anmeldung ließ sich nicht bestätigen',
    'Der Nachweis, wer sich angemeldet hat, ist nicht gültig. Es wurde nichts gespeichert.',
    again,
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
    '{vendor} hat kein Aktualisierungstoken gesendet',
    'Ohne dieses endet der Zugriff nach einer Stunde, deshalb wurde nichts gespeichert.',
    'Entfernen Sie den Zugriff unter myaccount.google.com/permissions und verbinden Sie erneut.',
  ),
  app_client_id_invalid: say(
    '{vendor} kennt die Client-ID nicht',
    'Der OAuth-Client wurde nicht gefunden oder gelöscht.',
    'Kopieren Sie die Client-ID noch einmal von der Seite „Clients“.',
  ),
  app_secret_invalid: say(
    '{vendor} hat das Client-Secret abgelehnt',
    'Die Client-ID ist bekannt, aber das Secret passt nicht dazu.',
    'Erstellen Sie auf der Seite des Clients mit Add secret ein neues Secret und ersetzen Sie es in den Einstellungen.',
  ),
  app_unauthorized: say(
    'Die App darf das nicht',
    '{vendor} erlaubt diesem Client nicht, auf diesem Weg Tokens anzufordern.',
    'Prüfen Sie den Typ des Clients und das Dienstkonto.',
  ),
  grant_revoked: say(
    '{vendor} hat diese Verbindung beendet',
    'Der Zugriff wurde entfernt oder eine Richtlinie hat ihn beendet.',
    'Verbinden Sie erneut.',
  ),
  app_changed: say(
    'Die {vendor}-App wurde gewechselt',
    'Ihre Administration hat einen anderen OAuth-Client hinterlegt, und eine Anmeldung gehört zu dem Client, mit dem sie gemacht wurde.',
    'Verbinden Sie erneut.',
  ),
  calendar_not_found: say(
    'Den Kalender gibt es bei Google nicht mehr',
    'Er wurde gelöscht oder ist für dieses Konto nicht mehr freigegeben.',
    'Wählen Sie einen anderen Kalender.',
  ),
  calendar_not_readable: say(
    'Dieser Kalender zeigt nur, wann er belegt ist',
    'Das Konto darf die Termine dieses Kalenders nicht sehen.',
    'Bitten Sie den Eigentümer, alle Termindetails freizugeben.',
  ),
  provider_unavailable: say(
    '{vendor} hat nicht geantwortet',
    '{vendor} war nicht erreichbar oder hat mit einem Fehler geantwortet.',
    again,
  ),
  provider_refused: say('{vendor} hat abgelehnt', '{vendor} hat die Anfrage abgelehnt.', 'Führen Sie die Prüfungen aus.'),
  throttled: say(
    '{vendor} bittet um eine langsamere Gangart',
    'Das Kontingent Ihres Projekts ist für den Moment aufgebraucht.',
    'Warten Sie.',
  ),
}
