import { useCallback } from 'react'
import { explainAnswer } from './explain-answer.ts'
import type { Explanation, GoogleAnswer } from './explain-answer.ts'
import type { OAuthFlow } from './oauth-state.ts'

/** What helps with an answer of Google to this flow. Apart from the sign-in, because few need it. */
export function useExplanation(flow: OAuthFlow | null): (answer: GoogleAnswer) => Explanation {
  return useCallback((answer) => explainAnswer(answer, flow), [flow])
}
