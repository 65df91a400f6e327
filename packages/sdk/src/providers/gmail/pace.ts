const perMs = 60_000
/** What a message costs. A list costs less, a watch five times as much and is rare, so each request is counted as a message. */
const unitsPerRequest = 20
const share = 0.8

/**
 * Gmail counts units a minute: 6,000 for each user of a project and 1,200,000 for the project. Those are the limits of projects since May 2026;
 * older ones keep theirs, which are higher. Source: developers.google.com/workspace/gmail/api/reference/quota.
 */
export const gmailPace = {
  account: { requests: (6_000 * share) / unitsPerRequest, perMs },
  project: { requests: (1_200_000 * share) / unitsPerRequest, perMs },
}
