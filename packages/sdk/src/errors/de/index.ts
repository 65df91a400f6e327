export { signInFailuresDe } from './sign-in.ts'
