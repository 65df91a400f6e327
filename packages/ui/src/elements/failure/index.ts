export { FailureBlock } from './failure-block.tsx'
export { MicrosoftRequestId } from './microsoft-request-id.tsx'
export { toFailure, useFailureWords } from './use-failure-words.ts'
export type { Failure } from './use-failure-words.ts'
