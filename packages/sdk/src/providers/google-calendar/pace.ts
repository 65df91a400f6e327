const perMs = 60_000
const share = 0.8

/** 600 requests a minute for each user of a project and 10,000 for the project. Source: developers.google.com/workspace/calendar/api/guides/quota. */
export const calendarPace = {
  account: { requests: 600 * share, perMs },
  project: { requests: 10_000 * share, perMs },
}
