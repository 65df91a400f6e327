import type { ErrorCode, FailureTexts } from '@tenantry/sdk/errors'
import { signInFailuresDe } from '@tenantry/sdk/errors/de'

const { not_found, conflict, internal, provider_unavailable, throttled } = signInFailuresDe

const again = 'Versuchen Sie es erneut.'

/** German words for what can end a sign-in. Its page has no typed text and tries nothing again by itself, so a few differ from the ui's. */
export const germanWords: Readonly<Partial<Record<ErrorCode, FailureTexts>>> = {
  ...signInFailuresDe,
  not_found: { ...not_found, remedy: 'Laden Sie die Einstellungsseite neu.' },
  conflict: {
    ...conflict,
    detail: 'Die Einstellungen wurden während der Anmeldung geändert.',
    remedy: 'Beginnen Sie erneut auf der Einstellungsseite.',
  },
  internal: { ...internal, remedy: again },
  provider_unavailable: {
    ...provider_unavailable,
    detail: '{vendor} war nicht erreichbar oder hat mit einem Fehler geantwortet.',
    remedy: again,
  },
  throttled: { ...throttled, detail: 'Das Kontingent Ihres Projekts ist für den Moment aufgebraucht.' },
}
