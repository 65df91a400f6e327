export { ConnectProgress, InAppBrowserNotice } from './connect-progress.tsx'
