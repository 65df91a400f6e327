export { GoogleAppRow } from './google-app-row.tsx'
export type { GoogleAppRowProps } from './google-app-row.tsx'
export { googleAppRowMessages } from './google-app-row.messages.ts'
