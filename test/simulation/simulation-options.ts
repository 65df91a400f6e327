export interface SimulationOptions {
  readonly seed: number
  readonly connections: number
  readonly days: number
  /** Connections of one tenant, at most. Default 2000. */
  readonly largest?: number
  /** Processes that sweep. Default 3. */
  readonly workers?: number
  /** As the option of the sdk. Default 24 hours. */
  readonly lookEveryMs?: number
  /** How often a worker looks for due work, milliseconds. Default two minutes. */
  readonly tickMs?: number
  /** Mails, or changes of events, of one connection, on average. Default 0.7. */
  readonly itemsPerDay?: number
  /** How much oftener things go wrong than they do by themselves. Default 1. */
  readonly trouble?: number
  readonly progress?: (words: string) => void
}

export function withDefaults(options: SimulationOptions): Required<SimulationOptions> {
  return {
    largest: 2_000,
    workers: 3,
    lookEveryMs: 24 * 3_600_000,
    tickMs: 120_000,
    itemsPerDay: 0.7,
    trouble: 1,
    progress: () => undefined,
    ...options,
  }
}
