import type { Explanation, GoogleAnswer } from './oauth/explain-answer.ts'
import { useExplanation } from './oauth/use-explanation.ts'
import { useSignIn } from './use-sign-in.ts'
import type { SignIn, SignInOptions } from './use-sign-in.ts'

export type OAuthConnectOptions = SignInOptions

/** A sign-in in the provider's window, where it stands, and what helps with what Google showed there. */
export interface OAuthConnect extends SignIn {
  /** Where to fix what Google showed in its window, and with which value. */
  explain(answer: GoogleAnswer): Explanation
}

/** Connects or reconnects through the provider's consent window. How it ended is what the server says; no token ever reaches the page. */
export function useOAuthConnect(options: OAuthConnectOptions): OAuthConnect {
  const signIn = useSignIn(options)
  return { ...signIn, explain: useExplanation(signIn.flow) }
}
