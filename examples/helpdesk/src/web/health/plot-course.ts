/** How late upkeep was at one look; `at` in epoch milliseconds. */
export interface Sample {
  readonly at: number
  readonly latenessMs: number
}

export interface Plot {
  /** Points of each unbroken line, as SVG writes them, in a field of 100 by 100 with the time from left to right. */
  readonly lines: readonly string[]
  /** What the upper and the left edge stand for, in milliseconds. */
  readonly topMs: number
  readonly spanMs: number
  readonly mostMs: number
  readonly lastMs: number
}

const longestMs = 10 * 60_000
const shortestMs = 60_000
/** Between looks so far apart nobody knows what was. */
const gapMs = 35_000
const tops = [10_000, 30_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000, 6 * 60 * 60_000, 24 * 60 * 60_000]

/** The course with one more sample, without what is older than ten minutes. A clock that was set back begins a new one. */
export function addSample(course: readonly Sample[], sample: Sample): readonly Sample[] {
  return [...course.filter(({ at }) => at <= sample.at && at >= sample.at - longestMs), sample]
}

/** `null` while there is nothing to draw. */
export function plotCourse(course: readonly Sample[]): Plot | null {
  const first = course[0]
  const last = course.at(-1)
  if (first === undefined || last === undefined) return null
  const spanMs = Math.min(Math.max(last.at - first.at, shortestMs), longestMs)
  const mostMs = Math.max(...course.map(({ latenessMs }) => latenessMs))
  const topMs = tops.find((top) => top >= mostMs) ?? mostMs
  const place = ({ at, latenessMs }: Sample): string =>
    `${round(100 - ((last.at - at) / spanMs) * 100)},${round(100 - (latenessMs / topMs) * 100)}`
  const runs: Sample[][] = []
  for (const [index, sample] of course.entries()) {
    const before = course[index - 1]
    if (before === undefined || sample.at - before.at > gapMs) runs.push([])
    runs.at(-1)?.push(sample)
  }
  // A single point twice is a dot.
  const lines = runs.map((run) => (run.length === 1 ? [...run, ...run] : run).map(place).join(' '))
  return { lines, topMs, spanMs, mostMs, lastMs: last.latenessMs }
}

const round = (value: number): number => Math.round(value * 100) / 100
