import type { FailureTexts } from './failure.messages.ts'

/** What happened, why, and what to do, in this order. */
export function say(title: string, detail: string, remedy: string): FailureTexts {
  return { title, detail, remedy }
}
