/* oxlint-disable vitest/valid-title, vitest/expect-expect, vitest/no-disabled-tests, vitest/no-conditional-tests, vitest/valid-describe-callback --
   this file registers tests that are written elsewhere */
import { describe, expect, it } from 'vitest'

/** Tests that an adapter cannot pass, and why. */
export interface Skip {
  readonly reason: string
  /** Titles, word for word. */
  readonly tests: readonly string[]
}

export interface Closable {
  close(): Promise<void>
}

/** Enough for a race or a model on a slow machine; milliseconds. */
const deadlineMs = 60_000

export interface Suite<Harness extends Closable> {
  /** Opens a group of tests. */
  group(title: string, tests: () => void): void
  /** A test on a fresh harness. An adapter may skip it and say why. */
  test(title: string, work: (harness: Harness) => Promise<void>): void
  /** A security property: it cannot be skipped. */
  secure(title: string, work: (harness: Harness) => Promise<void>): void
}

/** Describes an adapter. Refuses skips that name no test, that name a security property or that give no reason. */
export function describeSuite<Harness extends Closable>(
  name: string,
  options: { readonly create: () => Promise<Harness>; readonly skip?: readonly Skip[] },
  tests: (suite: Suite<Harness>) => void,
): void {
  const reasons = new Map((options.skip ?? []).flatMap(({ reason, tests: titles }) => titles.map((title) => [title, reason] as const)))
  const known = new Set<string>()

  const run = async (work: (harness: Harness) => Promise<void>): Promise<void> => {
    const harness = await options.create()
    try {
      await work(harness)
    } finally {
      await harness.close()
    }
  }

  describe(name, () => {
    tests({
      group: (title, group) => describe(title, group),
      test(title, work) {
        known.add(title)
        const reason = reasons.get(title)
        if (reason === undefined) it(title, () => run(work), deadlineMs)
        else it.skip(`${title} (skipped: ${reason})`, () => run(work))
      },
      secure(title, work) {
        if (reasons.has(title)) throw new Error(`"${title}" is a security property and cannot be skipped.`)
        it(title, () => run(work), deadlineMs)
      },
    })
    // A test, because the groups above are collected only after this function has run.
    it('skips only tests that exist, and says why', () => {
      expect([...reasons.keys()].filter((title) => !known.has(title))).toEqual([])
      expect([...reasons.values()].filter((reason) => reason.trim() === '')).toEqual([])
    })
  })
}
