import type { Sandbox } from '@tenantry/sandbox'
import { isTenantryError } from '@tenantry/sdk/errors'
import type { Chance } from '../chance.ts'
import type { VirtualTime } from '../time/virtual-time.ts'
import type { SimulatedTenantry } from './simulated-tenantry.ts'
import type { Site } from './truth.ts'
import type { Worker } from './worker.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A lease on an attempt is two minutes, less what an answer may take. */
const apartMs = 100_000

/** A mail that the host sends from a shared mailbox, until it is told that it went out. */
export interface Answer {
  readonly key: string
  readonly site: Site
  readonly subject: string
  /** Message-IDs that the sdk told; one, however often it was asked. */
  readonly told: Set<string>
  /** Two workers had it in hand at once whose clocks are so far apart that no lease helps. */
  wasApart: boolean
}

export interface Answers {
  readonly all: readonly Answer[]
  /** Perhaps somebody answers a mail that has just arrived. */
  arrived(site: Site, mail: { readonly id: string; readonly from: string; readonly subject: string }): void
}

interface AnswersParts {
  readonly workers: () => readonly Worker[]
  readonly time: VirtualTime
  readonly chance: Chance
  /** What the sdk threw. */
  readonly failed: (error: unknown) => void
}

/** Jobs of the host that survive its workers: each asks with its own key until it is told, sometimes two at once, and sometimes once more. */
export function createAnswers({ workers, time, chance, failed }: AnswersParts): Answers {
  const all: Answer[] = []
  /** Clocks of the workers that have an answer in hand. */
  const inHand = new Map<Answer, readonly number[]>()

  const hold = async <T>(answer: Answer, skewMs: number, work: () => Promise<T>): Promise<T> => {
    const others = inHand.get(answer) ?? []
    if (others.some((other) => Math.abs(other - skewMs) > apartMs)) answer.wasApart = true
    inHand.set(answer, [...others, skewMs])
    try {
      return await work()
    } finally {
      const left = inHand.get(answer) ?? []
      inHand.set(answer, left.toSpliced(left.indexOf(skewMs), 1))
    }
  }

  /** @returns how long to wait before the next try; `null` once it was told */
  const ask = async (answer: Answer, to: string): Promise<number | null> => {
    const { site, key, subject, told } = answer
    const everybody = workers()
    const worker = everybody[chance.between(0, everybody.length - 1)]
    const message = { to: [to], subject, text: `The canary heard of ${key}.` }
    try {
      const send = ({ sdk }: Pick<SimulatedTenantry, 'sdk'>) =>
        sdk.sharedMailbox.send({ connectionId: site.connectionId ?? '', message, idempotencyKey: key })
      const sent = await hold(answer, worker?.skewMs ?? 0, async () => worker?.work(send))
      // Nobody hears what a worker knew that has died.
      if (sent === undefined || sent === null) return chance.between(1, 20) * minuteMs
      told.add(sent.messageId)
      return null
    } catch (error) {
      failed(error)
      if (!isTenantryError(error)) throw error
      return Math.max(error.retryAfterMs ?? 0, site.state === 'live' ? chance.between(1, 40) * minuteMs : 4 * hourMs)
    }
  }
  const pursue = async (answer: Answer, to: string): Promise<void> => {
    if (answer.site.state === 'gone') return
    const waitMs = await ask(answer, to)
    if (waitMs !== null) time.schedule(time.now() + waitMs, () => pursue(answer, to))
    else if (chance.happens(0.2))
      time.schedule(time.now() + chance.between(1, 3 * 24 * 60) * minuteMs, async () => void (await ask(answer, to)))
  }

  return {
    all,
    arrived(site, { id, from, subject }) {
      if (!chance.happens(0.5)) return
      const answer: Answer = { key: `answer-${id}`, site, subject: `Re: ${subject}`, told: new Set(), wasApart: false }
      all.push(answer)
      const at = time.now() + chance.between(1, 6 * 60) * minuteMs
      for (let times = chance.happens(0.1) ? 2 : 1; times > 0; times -= 1)
        time.schedule(at + (times - 1) * chance.between(0, 3_000), () => pursue(answer, from))
    },
  }
}

/** How often a message of this subject lies in the Sent Items of a mailbox, by all subjects. */
export function countSent({ microsoft }: Sandbox, { address }: Site): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { subject } of microsoft.sentItems(address)) counts.set(subject, (counts.get(subject) ?? 0) + 1)
  return counts
}
