import { isTenantryError, TenantryError } from '@tenantry/sdk/errors'
import type { FlowStatus } from '@tenantry/sdk/wire'

const QUICK_MS = 1_000
const QUICK_POLLS = 10
const SLOW_MS = 3_000
const LIFE_MS = 10 * 60_000

export interface FollowOptions {
  /** ISO 8601; `null` when not known yet. */
  readonly expiresAt: string | null
  /** Asks at once instead of after the first second. */
  readonly atOnce: boolean
  readonly now: () => number
  readonly ask: (signal: AbortSignal) => Promise<FlowStatus>
  readonly onAnswer: (answer: FlowStatus) => void
  /** Asking again cannot help, or time is up. Nothing follows. */
  readonly onGiveUp: (error: Error) => void
}

export interface Follower {
  /** Asks now; while an answer is on its way, once more after it. */
  readonly askNow: () => void
  readonly stop: () => void
}

/** Asks the server how a flow ended: every second for 10 polls, then every 3 s, until it says so or the flow has expired. */
export function followFlow({ expiresAt, atOnce, now, ask, onAnswer, onGiveUp }: FollowOptions): Follower {
  const stopped = new AbortController()
  // A wrong clock must not end a sign-in that the server still waits for.
  const deadline = Math.max(now() + LIFE_MS, expiresAt === null ? 0 : Date.parse(expiresAt))
  let polls = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking = false
  let askAgain = false

  const wait = () => {
    timer = setTimeout(poll, polls < QUICK_POLLS ? QUICK_MS : SLOW_MS)
  }
  const stop = () => {
    stopped.abort()
    clearTimeout(timer)
  }
  const giveUp = (error: Error) => {
    stop()
    onGiveUp(error)
  }
  const poll = async () => {
    clearTimeout(timer)
    asking = true
    polls += 1
    const problem = await askOnce()
    asking = false
    if (stopped.signal.aborted) return
    if (problem !== null) return giveUp(problem)
    if (now() > deadline) return giveUp(new TenantryError('state_expired'))
    if (!askAgain) return wait()
    askAgain = false
    return poll()
  }
  const askOnce = async (): Promise<Error | null> => {
    try {
      const answer = await ask(stopped.signal)
      if (stopped.signal.aborted) return null
      if (answer.status !== 'pending') stop()
      onAnswer(answer)
      return null
    } catch (error) {
      // A server that is away for a moment is asked again; a refusal stays one.
      if (isTenantryError(error)) return error.retryable ? null : error
      return new TenantryError('internal')
    }
  }

  if (atOnce) void poll()
  else wait()
  return {
    stop,
    askNow: () => {
      if (stopped.signal.aborted) return
      if (asking) askAgain = true
      else void poll()
    },
  }
}
