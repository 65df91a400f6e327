// Each under its id, all but the first.
export { StepApis as apis } from './step-apis.tsx'
export { StepClient as client } from './step-client.tsx'
export { StepConsent as consent } from './step-consent.tsx'
export { StepNotifications as notifications } from './step-notifications.tsx'
export { StepVerify as verify } from './step-verify.tsx'
