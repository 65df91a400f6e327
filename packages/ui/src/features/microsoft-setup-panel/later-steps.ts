// Each under its id, all but the first.
export { StepPermissions as permissions } from './step-permissions.tsx'
export { StepSecret as secret } from './step-secret.tsx'
export { StepVerify as verify } from './step-verify.tsx'
