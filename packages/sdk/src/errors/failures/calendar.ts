import { defineFailures } from './define-failures.ts'

/** Calendars and their events. */
export const calendarFailures = defineFailures({
  calendar_not_chosen: [
    409,
    'final',
    'No calendar is chosen yet',
    'The sign-in worked. Nothing is imported until a calendar is chosen.',
    'Choose a calendar.',
  ],
  calendar_not_found: [
    409,
    'final',
    'The calendar no longer exists in Google',
    'It was deleted, or it is no longer shared with this account. What was imported before stays.',
    'Choose another calendar.',
  ],
  calendar_read_only: [
    409,
    'final',
    'You can only view this calendar',
    'Changes in Google are imported, but nothing can be written to the calendar.',
    'Ask its owner for the right to make changes, or choose a direction that only reads.',
  ],
  calendar_not_readable: [
    409,
    'final',
    'This calendar only shows when it is busy',
    'The account may not see what its events are, so they arrive without title and details.',
    'Ask its owner to share all event details.',
  ],
  direction_to_google: [
    409,
    'final',
    'Changes in Google are not imported',
    'The direction of this calendar is to Google only.',
    'Nothing to do. To import changes, choose another direction.',
  ],
  direction_from_google: [
    409,
    'final',
    'This connection only reads',
    'The direction of this calendar is from Google only, so nothing is written to it.',
    'Choose a direction that writes.',
  ],
  event_changed: [
    412,
    'final',
    'The event was changed meanwhile',
    'Someone changed the event since it was read. Nothing was overwritten.',
    'Read the event again, then repeat the change on its newest version.',
  ],
  event_gone: [404, 'final', 'The event no longer exists', 'It was deleted in Google. Nothing was written.', 'Nothing to do.'],
  event_unreadable: [
    502,
    'final',
    'Google sent an event that cannot be read',
    'It has no time, or a rule of repetition that is not valid. The other events are not affected.',
    'Open the event in Google Calendar and save it again.',
  ],
  idempotency_key_reused: [
    409,
    'final',
    'The idempotency key was used for something else',
    'A write with this key was made before, with other content. Nothing was written.',
    'Use a new key for each new write.',
  ],
  feed_endless: [
    502,
    'retry',
    '{vendor}’s list does not end',
    'The provider kept sending pages without coming to an end, so reading was stopped. What was read is kept.',
    'It is tried again by itself. Run the checks if it stays.',
  ],
})
