export { AdvancedTransports } from './advanced-transports.tsx'
export { AppField } from './app-field.tsx'
export { BeforeYouStart } from './before-you-start.tsx'
export { RefuseOversize } from './refuse-oversize.tsx'
