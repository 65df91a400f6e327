import { GraphError } from '../graph/graph-error.ts'

const MINUTE = 60_000
/** Source: learn.microsoft.com, "Subscription lifetime", Outlook message. */
const LONGEST = 4230 * MINUTE
const SHORTEST = 45 * MINUTE

/** Epoch ms; what is too short is raised. @throws GraphError 400 */
export function readExpiration(text: string, now: number): number {
  const asked = Date.parse(text)
  if (Number.isNaN(asked)) throw new GraphError(400, 'InvalidRequest', "The value of 'expirationDateTime' is not a date.")
  if (asked <= now) throw new GraphError(400, 'InvalidRequest', 'Subscription expiration must be in the future.')
  if (asked > now + LONGEST) throw new GraphError(400, 'InvalidRequest', 'Subscription expiration can only be 4230 minutes in the future.')
  return Math.max(asked, now + SHORTEST)
}
