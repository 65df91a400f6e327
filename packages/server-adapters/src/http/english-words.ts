import { failures } from '@tenantry/sdk/errors'
import type { ErrorCode, FailureTexts } from '@tenantry/sdk/errors'

const { not_found, conflict, internal, provider_unavailable, throttled } = failures

const again = 'Try again.'

/** English words for what can end a sign-in. Its page has no typed text and tries nothing again by itself, so a few differ from the ui's. */
export const englishWords: Readonly<Record<ErrorCode, FailureTexts>> = {
  ...failures,
  not_found: { ...not_found, remedy: 'Reload the settings page.' },
  conflict: { ...conflict, detail: 'The settings were changed during the sign-in.', remedy: 'Begin again on the settings page.' },
  internal: { ...internal, remedy: again },
  provider_unavailable: { ...provider_unavailable, detail: '{vendor} was not reachable or answered with an error.', remedy: again },
  throttled: { ...throttled, detail: 'The quota of your project is used up for now.' },
}
