import type { ErrorCode } from '@tenantry/sdk/errors'
import type { signInFailuresDe } from '@tenantry/sdk/errors/de'
import type { FailureTexts } from './failure.messages.ts'

/** German words of the ui's own: a code whose words stand in the sdk does not compile here. */
export type OwnFailuresDe = Readonly<Partial<Record<Exclude<ErrorCode, keyof typeof signInFailuresDe>, FailureTexts>>>
