const share = 0.8

/**
 * Exchange counts requests of one app to one mailbox, 10,000 in ten minutes, and Graph those of one app over all tenants, 130,000 in ten seconds.
 * Source: learn.microsoft.com, "Microsoft Graph service-specific throttling limits". Mail servers have no numbers of their own that are published.
 */
export const mailboxPace = {
  account: { requests: 10_000 * share, perMs: 10 * 60_000 },
  project: { requests: 130_000 * share, perMs: 10_000 },
}
