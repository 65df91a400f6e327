import { defineTexts } from './define-texts.ts'

/** Connecting. */
export const connectingFailuresDe = defineTexts({
  google_not_configured: [
    'Google ist noch nicht eingerichtet',
    'Ihre Organisation hat ihre eigene Google-App noch nicht hinterlegt: {missing}. Es wird nie stattdessen eine gemeinsame App verwendet.',
    'Öffnen Sie die Google-Einrichtung und schließen Sie sie ab.',
  ],
  connection_exists: [
    'Dieses Konto ist bereits verbunden',
    'Das Konto wird von der Verbindung {name} verwendet.',
    'Öffnen Sie stattdessen diese Verbindung.',
  ],
  state_invalid: [
    'Der Anmeldelink ist nicht gültig',
    'Die Antwort gehört zu keiner Anmeldung, die hier begonnen wurde. Es wurde nichts gespeichert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ],
  state_expired: [
    'Die Anmeldung hat zu lange gedauert',
    'Zur Sicherheit gilt der Link 10 Minuten. Es wurde nichts gespeichert.',
    'Versuchen Sie es erneut.',
  ],
  state_used: [
    'Die Anmeldung wurde bereits verwendet',
    'Jede Anmeldung gilt einmal. Es wurde nichts geändert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ],
  browser_mismatch: [
    'Ein anderer Browser hat geantwortet',
    'Die Anmeldung wurde in einem anderen Browser begonnen. Es wurde nichts gespeichert.',
    'Beginnen und beenden Sie die Anmeldung im selben Browser.',
  ],
  session_mismatch: [
    'Eine andere Person hat geantwortet',
    'Die Anmeldung wurde von einer anderen Person oder Organisation begonnen. Es wurde nichts gespeichert.',
    'Melden Sie sich als die Person an, die begonnen hat, und versuchen Sie es erneut.',
  ],
  issuer_mismatch: [
    'Die Antwort hat den falschen Absender',
    'Die Antwort nennt einen anderen Anmeldeserver. Es wurde nichts gespeichert.',
    'Beginnen Sie erneut auf der Einstellungsseite.',
  ],
  access_denied: [
    'Der Zugriff wurde nicht erlaubt',
    'Die Anmeldung wurde bei {vendor} abgebrochen oder abgelehnt. Es wurde nichts geändert.',
    'Beginnen Sie erneut, wenn Sie bereit sind.',
  ],
  admin_policy: [
    'Ihre Organisation blockiert diese App',
    'Eine Richtlinie Ihrer Organisation hat die Anmeldung abgelehnt.',
    'Bitten Sie einen Super Admin, der App unter API-Steuerung zu vertrauen.',
  ],
  oauth_refused: [
    '{vendor} hat die Anmeldung abgelehnt',
    '{vendor} hat mit einem Fehler geantwortet. Es wurde nichts gespeichert.',
    'Führen Sie die Prüfungen aus und versuchen Sie es erneut.',
  ],
  id_token_invalid: [
    'Die Anmeldung ließ sich nicht bestätigen',
    'Der Nachweis, wer sich angemeldet hat, ist nicht gültig. Es wurde nichts gespeichert.',
    'Versuchen Sie es erneut.',
  ],
  insufficient_scope: [
    'Einige Berechtigungen wurden nicht erlaubt',
    'Nicht erlaubt: {scopes}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und setzen Sie jedes Häkchen.',
  ],
  account_mismatch: [
    'Sie haben sich mit einem anderen Konto angemeldet',
    'Erwartet war {expected}, angemeldet wurde {actual}. Es wurde nichts gespeichert.',
    'Verbinden Sie erneut und wählen Sie {expected}.',
  ],
  needs_consent: [
    '{vendor} hat kein Aktualisierungstoken gesendet',
    'Ohne dieses endet der Zugriff nach einer Stunde, deshalb wurde nichts gespeichert.',
    'Entfernen Sie den Zugriff unter myaccount.google.com/permissions und verbinden Sie erneut.',
  ],
})
