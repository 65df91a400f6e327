/** OAuth scopes, exactly as Google spells them. Source: developers.google.com/identity/protocols/oauth2/scopes. */
export const googleScopes = {
  gmail: ['https://www.googleapis.com/auth/gmail.readonly'],
  calendar: ['https://www.googleapis.com/auth/calendar'],
  identity: ['openid', 'https://www.googleapis.com/auth/userinfo.email'],
  pubsub: ['https://www.googleapis.com/auth/pubsub'],
} as const

/** Required scopes that were not granted; order, repeats and the resource that Microsoft may put before a name do not matter, wider grants do not hurt. */
export function missingScopes(required: readonly string[], granted: string): string[] {
  const names = granted
    .split(/\s+/)
    .flatMap((scope) => [scope, ...(aliases.get(scope) ?? []), ...(microsoftResource.exec(scope)?.slice(1) ?? [])])
  const have = new Set(names)
  return required.filter((scope) => !have.has(scope))
}

/** `https://graph.microsoft.com/Mail.Send` is `Mail.Send`, in every cloud; the last part is the name. */
const microsoftResource =
  /^https:\/\/(?:(?:dod-)?graph\.microsoft\.(?:com|us)|microsoftgraph\.chinacloudapi\.cn|outlook\.office(?:365)?\.(?:com|us)|outlook-dod\.office365\.us|partner\.outlook\.cn)\/([\w.]+)$/

const aliases: ReadonlyMap<string, readonly string[]> = new Map([
  ['email', ['https://www.googleapis.com/auth/userinfo.email']],
  ['https://www.googleapis.com/auth/userinfo.email', ['email']],
  ['https://mail.google.com/', ['https://www.googleapis.com/auth/gmail.readonly']],
  ['https://www.googleapis.com/auth/gmail.modify', ['https://www.googleapis.com/auth/gmail.readonly']],
])
