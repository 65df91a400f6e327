import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HealthReport } from '../../server/health/read-health.ts'
import { request } from '../request.ts'
import { addSample } from './plot-course.ts'
import type { Sample } from './plot-course.ts'

/** The last report, and how late upkeep was each time that the page looked. */
export interface WatchedHealth {
  readonly report: HealthReport
  /** Oldest first. */
  readonly course: readonly Sample[]
  /** When the page began to look; epoch milliseconds of the browser, as the course is. */
  readonly watchedSince: number
}

const queryKey = ['health']
const lookEveryMs = 10_000
/** How long the course outlives the page. */
const keptMs = 15 * 60_000

/** Looks every ten seconds. What was seen stays while the server does not answer. */
export function useHealth({ enabled }: { enabled: boolean }) {
  const queryClient = useQueryClient()
  return useQuery({
    queryKey,
    queryFn: async (): Promise<WatchedHealth> => {
      const report = await request<HealthReport>('/api/health')
      const known = queryClient.getQueryData<WatchedHealth>(queryKey)
      const at = Date.now()
      const course = addSample(known?.course ?? [], { at, latenessMs: report.oldestLatenessMs })
      return { report, course, watchedSince: known?.watchedSince ?? at }
    },
    enabled,
    refetchInterval: lookEveryMs,
    // The next look is the retry.
    retry: false,
    gcTime: keptMs,
  })
}
