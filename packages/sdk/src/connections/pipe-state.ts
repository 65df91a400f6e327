import type { SubscriptionRecord } from '../ports/index.ts'
import type { AnyProvider } from '../providers/provider.ts'

const hourMs = 60 * 60_000
const soonMs = 48 * hourMs
const patienceMs = 24 * hourMs

export type PipeState = 'good' | 'late' | 'lapsed'

/** Told from its times alone, whatever is stored: a pipe ends by itself, also when nobody is there to notice. */
export function pipeState(provider: Pick<AnyProvider, 'renewAt'>, pipe: SubscriptionRecord, now: number): PipeState {
  const left = (pipe.expiresAt ?? 0) - now
  if (left <= 0) return 'lapsed'
  return left < soonMs && now > provider.renewAt(pipe) ? 'late' : 'good'
}

/** Since when a pipe is worth telling people about, epoch milliseconds; `null`: it is not. Sweeps get a day to catch up before. */
export function pipeAlarm(
  provider: Pick<AnyProvider, 'renewAt'>,
  pipe: SubscriptionRecord,
  now: number,
): { readonly reason: 'watch_lapsed' | 'renewal_late'; readonly since: number } | null {
  const end = pipe.expiresAt ?? 0
  if (end <= now) return { reason: 'watch_lapsed', since: end }
  const alarmAt = Math.max(provider.renewAt(pipe) + patienceMs, end - soonMs)
  return now > alarmAt ? { reason: 'renewal_late', since: alarmAt } : null
}
