import { defineMessages } from '../../locales/message.ts'

export const secretInputMessages = defineMessages('secretInput', {
  saved: 'Saved',
  savedFingerprint: 'Saved, fingerprint {fingerprint}',
  added: 'Added {date}.',
  addedBy: 'Added {date} by {person}.',
  replace: 'Replace',
  replaceOf: 'Replace {label}',
  removeOf: 'Remove {label}',
  keep: 'Keep the saved one',
  show: 'Show',
  hide: 'Hide',
  showOf: 'Show {label}',
  hideOf: 'Hide {label}',
  removed: 'Will be removed when you save.',
  cleaned: 'Removed spaces from the pasted value.',
  masked: 'That looks like a masked value. Paste the full secret.',
})
