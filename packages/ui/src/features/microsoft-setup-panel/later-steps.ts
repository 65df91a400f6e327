export { StepPermissions } from './step-permissions.tsx'
export { StepSecret } from './step-secret.tsx'
export { StepVerify } from './step-verify.tsx'
