import { defineFailures } from './define-failures.ts'

/** The push door. */
export const pushFailures = defineFailures({
  push_unauthenticated: [
    401,
    'final',
    'Not a notification from the provider',
    'The notification could not be verified.',
    'Run the checks.',
  ],
  push_malformed: [400, 'final', 'Unreadable notification', 'The notification was verified but cannot be read.', 'Run the checks.'],
})
