/** One claim, as a ratio against a peer or a limit that was measured in the same run. */
export interface Figure {
  readonly title: string
  readonly ratio: number
  /** `>= 0.5` or `<= 0.1`. */
  readonly goal: string
  /** Medians with their spread. */
  readonly detail: string
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Median and range, with a unit. */
export function spread(values: readonly number[], unit: string): string {
  return `${median(values).toFixed(1)} ${unit} (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`
}
