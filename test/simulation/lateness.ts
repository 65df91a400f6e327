/** A distribution of milliseconds, in steps of ten percent. */
export interface Distribution {
  add(ms: number): void
  /** Upper edge of the step that holds this share, milliseconds. */
  at(share: number): number
  readonly count: number
  readonly most: number
  /** To add up those of several processes. */
  readonly steps: ReadonlyMap<number, number>
}

export function createDistribution(steps: Map<number, number> = new Map(), largest = 0): Distribution {
  let count = [...steps.values()].reduce((sum, part) => sum + part, 0)
  let most = largest
  return {
    add(ms) {
      const late = Math.max(ms, 0)
      const step = late === 0 ? 0 : Math.ceil(Math.log(late + 1) / Math.log(1.1))
      steps.set(step, (steps.get(step) ?? 0) + 1)
      count += 1
      most = Math.max(most, late)
    },
    at(share) {
      let left = share * count
      for (const [step, part] of [...steps].toSorted(([a], [b]) => a - b)) {
        left -= part
        if (left <= 0) return step === 0 ? 0 : Math.min(Math.round(1.1 ** step), most)
      }
      return most
    },
    get count() {
      return count
    },
    get most() {
      return most
    },
    steps,
  }
}
