export { occurrences } from './occurrences.ts'
export type { Occurrence, Occurrences } from './occurrences.ts'
export type { OccurrencesInput } from './window.ts'
