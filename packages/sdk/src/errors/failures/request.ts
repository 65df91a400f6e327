import { defineFailures } from './define-failures.ts'

/** The request. */
export const requestFailures = defineFailures({
  invalid_input: [
    422,
    'final',
    'Some values are not right',
    'A value is missing or has the wrong form. Nothing was saved.',
    'Correct the marked fields and save again.',
  ],
  unauthenticated: [401, 'final', 'You are signed out', 'This needs a signed-in person.', 'Sign in and try again.'],
  forbidden: [
    403,
    'final',
    'You cannot do this',
    'Your role does not allow this. Nothing was changed.',
    'Ask someone who may manage integrations.',
  ],
  not_found: [404, 'final', 'Not found', 'It does not exist, or it belongs to someone else.', 'Reload the page.'],
  conflict: [
    409,
    'final',
    'Someone else changed this',
    'These settings were changed after you opened them. Your text stays until you reload.',
    'Reload to see the change, then save again.',
  ],
  origin_not_allowed: [
    403,
    'final',
    'Request from another site',
    'The request did not come from this product, so it was refused.',
    'Open the page of this product and try again.',
  ],
  unsupported_media_type: [415, 'final', 'Wrong content type', 'This address accepts JSON only.', 'Send Content-Type: application/json.'],
  payload_too_large: [413, 'final', 'Too much data', 'The request is larger than the limit. Nothing was saved.', 'Send a smaller body.'],
  rate_limited: [429, 'retry', 'Too many requests', 'There were too many requests in a short time.', 'Wait a moment and try again.'],
  unavailable: [
    503,
    'retry',
    'Temporarily unavailable',
    'The storage did not answer, so nothing can be said about the settings. Nothing was changed.',
    'Try again in a moment.',
  ],
  secrets_unreadable: [
    503,
    'final',
    'Saved secrets cannot be read',
    'The encryption key that protects the saved secrets is missing or wrong.',
    'Restore the encryption key, then try again.',
  ],
  internal: [
    500,
    'retry',
    'Something went wrong',
    'An unexpected error occurred. Nothing is lost.',
    'Try again. If it stays, send us the reference.',
  ],
  network: [503, 'retry', 'No connection', 'The server could not be reached. Nothing was changed.', 'Check your connection and try again.'],
})
