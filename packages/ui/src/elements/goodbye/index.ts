export { GoodbyeNote, PermissionsLink, useGoodbyeTitle } from './goodbye-note.tsx'
export { endedByReset, mayHaveAccess } from './read-goodbye.ts'
