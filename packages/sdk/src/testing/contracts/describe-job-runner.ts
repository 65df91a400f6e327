import { describeDueTimes } from './job-runner/due-times.ts'
import type { JobRunnerHarness } from './job-runner/harness.ts'
import { describeStopping } from './job-runner/stopping.ts'
import { describeTicking } from './job-runner/ticking.ts'
import { describeTrouble } from './job-runner/trouble.ts'
import { describeSuite } from './suite.ts'
import type { Skip } from './suite.ts'

export type { JobRunnerHarness }

/** What every `JobRunner` must do, version 3 of the suite: late, doubled, dropped and overlapping ticks are harmless, and no tick ends or holds up the ticking. */
export function describeJobRunner(
  name: string,
  options: { readonly create: () => Promise<JobRunnerHarness>; readonly skip?: readonly Skip[] },
): void {
  describeSuite(`JobRunner: ${name}`, options, (suite) => {
    describeTicking(suite)
    describeStopping(suite)
    describeDueTimes(suite)
    describeTrouble(suite)
  })
}
