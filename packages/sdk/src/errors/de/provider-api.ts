import { defineTexts } from './define-texts.ts'

/** The provider’s API. */
export const providerApiFailuresDe = defineTexts({
  provider_unavailable: [
    '{vendor} hat nicht geantwortet',
    '{vendor} war nicht erreichbar oder hat mit einem Fehler geantwortet. Es wird von selbst erneut versucht.',
    'Warten Sie, oder versuchen Sie es erneut.',
  ],
  provider_refused: ['{vendor} hat abgelehnt', '{vendor} hat die Anfrage abgelehnt.', 'Führen Sie die Prüfungen aus.'],
  throttled: [
    '{vendor} bittet um eine langsamere Gangart',
    'Das Kontingent Ihres Projekts ist für den Moment aufgebraucht. Es wird von selbst erneut versucht.',
    'Warten Sie.',
  ],
})
