export { ConnectProgress, InAppBrowserNotice } from './connect-progress.tsx'
export type { ConnectProgressProps } from './connect-progress.tsx'
export { connectProgressMessages } from './connect-progress.messages.ts'
