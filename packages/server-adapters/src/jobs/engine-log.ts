import type { Clock, Logger } from '@tenantry/sdk/ports'

/** The engine's own words may hold addresses and passwords; of its code only what looks like one is told. */
export type TellFailure = (doing: 'start' | 'run' | 'wake', error: unknown) => void

const quietMs = 60_000

/** Tells of a failing engine: a warning at once, then one a minute for as long as it goes on, because an engine that is down fails each second. */
export function createEngineLog(logger: Logger, clock: Clock): TellFailure {
  const told = new Map<string, number>()
  return (doing, error) => {
    const now = clock.now()
    if (Math.abs(now - (told.get(doing) ?? -Infinity)) < quietMs) return
    told.set(doing, now)
    const cause = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    logger.log('warn', 'jobs.engine_failed', { code: 'unavailable', doing, ...(/^[A-Z0-9_]{1,32}$/.test(cause) && { cause }) })
  }
}
