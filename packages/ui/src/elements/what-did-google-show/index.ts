export { WhatDidGoogleShow } from './what-did-google-show.tsx'
export type { AnswerFix, ShownAnswer, WhatDidGoogleShowProps } from './what-did-google-show.tsx'
export { whatDidGoogleShowMessages } from './what-did-google-show.messages.ts'
