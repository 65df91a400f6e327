/** Whether a text is a point in time, as our server writes them: ISO 8601 in UTC. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)
}
