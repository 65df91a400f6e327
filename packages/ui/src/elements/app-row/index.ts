export { AppRow } from './app-row.tsx'
