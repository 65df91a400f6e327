/** How the host wants Gmail's notifications to travel. */
export interface GmailPushOptions {
  /**
   * `push` (default): Google posts to the deployment, which needs a public https address. `pull`: we fetch with the tenant's key, for a deployment
   * without one.
   */
  readonly notify?: 'push' | 'pull'
  /** Sets aside what was announced in vain this often, 5 to 100 times, in a topic of its own. Default: Pub/Sub goes on until its retention ends. */
  readonly deadLetter?: { readonly maxDeliveryAttempts: number }
}

/** {@link GmailPushOptions}, with every default chosen. */
export interface PushOptions {
  readonly notify: 'push' | 'pull'
  readonly deadLetter: { readonly maxDeliveryAttempts: number } | null
}

export const defaultPushOptions: PushOptions = { notify: 'push', deadLetter: null }

/** @throws TypeError when an option is wrong, because that is a programming error */
export function parsePushOptions({ notify = 'push', deadLetter }: GmailPushOptions): PushOptions {
  if (notify !== 'push' && notify !== 'pull') throw new TypeError('gmail: notify must be "push" or "pull".')
  const attempts = deadLetter?.maxDeliveryAttempts
  // The limits are Pub/Sub's: cloud.google.com/pubsub/docs/dead-letter-topics.
  if (attempts !== undefined && !(Number.isInteger(attempts) && attempts >= 5 && attempts <= 100))
    throw new TypeError('gmail: deadLetter.maxDeliveryAttempts must be a whole number from 5 to 100.')
  return { notify, deadLetter: attempts === undefined ? null : { maxDeliveryAttempts: attempts } }
}

/** What the host chose for the Gmail provider that it listed. */
export function pushOptionsOf(provider: object): PushOptions {
  return 'push' in provider ? (provider.push as PushOptions) : defaultPushOptions
}
