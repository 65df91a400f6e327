export type { AnswerFix, ShownAnswer } from './what-did-google-show.tsx'
