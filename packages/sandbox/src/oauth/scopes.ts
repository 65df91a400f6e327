const AUTH = 'https://www.googleapis.com/auth/'

/** Scope -> the words on the consent page. */
const LABELS: Record<string, string> = {
  'https://mail.google.com/': 'Read, compose, send, and permanently delete all your email from Gmail',
  [`${AUTH}gmail.readonly`]: 'View your email messages and settings',
  [`${AUTH}gmail.modify`]: 'Read, compose, and send emails from your Gmail account',
  [`${AUTH}gmail.metadata`]: 'View your email message metadata such as labels and headers, but not the email body',
  [`${AUTH}gmail.labels`]: 'See and edit your email labels',
  [`${AUTH}gmail.send`]: 'Send email on your behalf',
  [`${AUTH}calendar`]: 'See, edit, share, and permanently delete all the calendars you can access using Google Calendar',
  [`${AUTH}calendar.readonly`]: 'See and download any calendar you can access using your Google Calendar',
  [`${AUTH}calendar.events`]: 'View and edit events on all your calendars',
  [`${AUTH}calendar.events.readonly`]: 'View events on all your calendars',
  [`${AUTH}calendar.calendarlist`]: 'See, add, and remove Google calendars you’re subscribed to',
  [`${AUTH}calendar.calendarlist.readonly`]: 'See the list of Google calendars you’re subscribed to',
  [`${AUTH}calendar.calendars`]: 'See and change the properties of Google calendars you have access to',
  [`${AUTH}calendar.calendars.readonly`]:
    'See the title, description, default time zone, and other properties of Google calendars you have access to',
  [`${AUTH}calendar.freebusy`]: 'View your availability in your calendars',
  [`${AUTH}calendar.events.freebusy`]: 'See the availability on Google calendars you have access to',
  [`${AUTH}pubsub`]: 'View and manage Pub/Sub topics and subscriptions',
  [`${AUTH}cloud-platform`]: 'See, edit, configure, and delete your Google Cloud data and see the email address for your Google Account.',
}

const SIGN_IN: Record<string, string> = {
  openid: 'openid',
  email: `${AUTH}userinfo.email`,
  profile: `${AUTH}userinfo.profile`,
  [`${AUTH}userinfo.email`]: `${AUTH}userinfo.email`,
  [`${AUTH}userinfo.profile`]: `${AUTH}userinfo.profile`,
}

/** Scopes that expose mail: a password change kills their refresh tokens. */
export const GMAIL_SCOPES = Object.keys(LABELS).filter((scope) => scope.includes('mail'))

/** The consent page's words for a scope; null for one Google does not know. */
export function labelOfScope(scope: string): string | null {
  return Object.hasOwn(LABELS, scope) ? (LABELS[scope] ?? null) : null
}

/** Sign-in scopes are granted by signing in: they have no checkbox. */
export function isSignInScope(scope: string): boolean {
  return Object.hasOwn(SIGN_IN, scope)
}

/** Splits `scope`, writes email and profile in full as Google's replies do, and adds openid, which both imply. */
export function readScopes(scope: string): string[] {
  const asked = scope.split(/\s+/).filter(Boolean)
  const full = asked.map((name) => (isSignInScope(name) ? (SIGN_IN[name] ?? name) : name))
  const signIn = full.some((name) => isSignInScope(name)) ? ['openid'] : []
  return [...new Set([...full, ...signIn])]
}
