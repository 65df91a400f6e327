/** OAuth scopes, exactly as Google spells them. Source: developers.google.com/identity/protocols/oauth2/scopes. */
export const googleScopes = {
  gmail: ['https://www.googleapis.com/auth/gmail.readonly'],
  calendar: ['https://www.googleapis.com/auth/calendar'],
  identity: ['openid', 'https://www.googleapis.com/auth/userinfo.email'],
  pubsub: ['https://www.googleapis.com/auth/pubsub'],
} as const

/** Required scopes that were not granted; order and repeats do not matter, wider grants do not hurt. */
export function missingScopes(required: readonly string[], granted: string): string[] {
  const have = new Set(granted.split(/\s+/).flatMap((scope) => [scope, ...(aliases.get(scope) ?? [])]))
  return required.filter((scope) => !have.has(scope))
}

const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ['email', ['https://www.googleapis.com/auth/userinfo.email']],
  ['https://www.googleapis.com/auth/userinfo.email', ['email']],
  ['https://mail.google.com/', ['https://www.googleapis.com/auth/gmail.readonly']],
  ['https://www.googleapis.com/auth/gmail.modify', ['https://www.googleapis.com/auth/gmail.readonly']],
])
