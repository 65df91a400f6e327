export { GoogleAppRow } from './google-app-row.tsx'
