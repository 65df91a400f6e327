import { useQuery } from '@tanstack/react-query'
import type { CheckId, CheckReport, FixId } from '@tenantry/sdk/wire'
import { useEffect, useRef, useState } from 'react'
import { useTenantry } from '../provider/tenantry-context.ts'
import { mergeChecks, withDependents } from './diagnosis.ts'
import type { Diagnosis, DiagnosticsScope } from './diagnosis.ts'
import { queryKeys } from './query-keys.ts'
import { useAutomaticFix } from './use-automatic-fix.ts'
import type { AutomaticFixId } from './use-automatic-fix.ts'

/** What is going on with one check since the last whole run. */
export interface CheckProgress {
  readonly checking?: boolean
  /** `unhelped`: it was done, and the check still does not pass. */
  readonly fix?: 'running' | 'done' | 'unhelped'
  /** Why the check could not be run again, or the fix not be done. */
  readonly error?: Error
}

export interface Diagnostics {
  /** The last report of this tenant and scope; kept while a new one is made, and when that fails. */
  readonly diagnosis: Diagnosis | undefined
  /** Why the last whole run brought no report. */
  readonly error: Error | null
  readonly isRunning: boolean
  readonly progress: Readonly<Partial<Record<CheckId, CheckProgress>>>
  /** Runs everything. Answers `null` when it did not work, which `error` explains, and when a later call will answer. */
  run(): Promise<CheckReport | null>
  /** Runs some checks again. */
  rerun(ids: readonly CheckId[]): Promise<void>
  canFix(fix: FixId): fix is AutomaticFixId
  /** Does what mends a check, then runs it and all that waited for it again. */
  fix(id: CheckId, fix: AutomaticFixId): Promise<void>
}

// Google shows a change after some seconds: a check that still fails is asked again before anybody hears of it.
const PATIENCE_MS = [1_000, 2_000, 4_000]

/** Checks the setup or one connection against what Google says now. Nothing is asked before `run`. */
export function useDiagnostics(scope: DiagnosticsScope, { checks }: { checks?: readonly CheckId[] | undefined } = {}): Diagnostics {
  const { client, queryClient, tenantId } = useTenantry()
  const connectionId = scope === 'setup' ? null : scope.connectionId
  const queryKey = [...queryKeys.all(tenantId), 'diagnostics', connectionId, checks ?? null]
  const [progress, setProgress] = useState<Diagnostics['progress']>({})
  const automatic = useAutomaticFix(scope)
  const turn = useRef(0)
  const gone = useRef(new AbortController())
  useEffect(() => {
    gone.current = new AbortController()
    return () => gone.current.abort()
  }, [])

  const ask = (ids: readonly CheckId[] | undefined, signal: AbortSignal) => {
    const options = { ...(ids && { checks: [...ids] }), signal }
    return connectionId === null ? client.google.test(options) : client.connections.diagnose(connectionId, options)
  }
  const query = useQuery<Diagnosis, Error>(
    {
      queryKey,
      queryFn: async ({ signal }) => {
        const report = await ask(checks, signal)
        return { report, whole: report }
      },
      // A run costs the tenant's own quota: only a person or `autoRun` starts one, no cache rule.
      enabled: false,
      staleTime: Infinity,
      retry: false,
      networkMode: 'always',
    },
    queryClient,
  )

  const read = () => queryClient.getQueryData<Diagnosis>(queryKey)
  const note = (ids: readonly CheckId[], entry: CheckProgress) =>
    setProgress((before) => ({ ...before, ...Object.fromEntries(ids.map((id) => [id, entry])) }))

  const renew = async (ids: readonly CheckId[], signal: AbortSignal) => {
    const part = await ask(ids, signal)
    queryClient.setQueryData<Diagnosis>(queryKey, (before) => before && mergeChecks(before, part))
  }
  const passes = (id: CheckId) => read()?.report.checks.some((check) => check.id === id && check.status === 'pass') ?? false

  return {
    diagnosis: query.data,
    error: query.fetchStatus === 'idle' ? query.error : null,
    isRunning: query.isFetching,
    progress,
    async run() {
      setProgress({})
      turn.current += 1
      const own = turn.current
      const { data, isSuccess } = await query.refetch({ cancelRefetch: false })
      return isSuccess && own === turn.current ? data.report : null
    },
    async rerun(ids) {
      const { signal } = gone.current
      note(ids, { checking: true })
      try {
        await renew(ids, signal)
        note(ids, {})
      } catch (error) {
        if (!signal.aborted) note(ids, { error: asError(error) })
      }
    },
    canFix: automatic.canFix,
    async fix(id, fix) {
      const { signal } = gone.current
      const diagnosis = read()
      const waiting = (diagnosis ? withDependents(diagnosis.report, id) : []).filter((other) => other !== id)
      note([id], { fix: 'running' })
      try {
        await automatic.run(fix, signal)
        note([id], { fix: 'done', checking: true })
        note(waiting, { checking: true })
        await renew([id, ...waiting], signal)
        for (const patience of PATIENCE_MS) {
          if (passes(id)) break
          await pause(patience, signal)
          await renew([id, ...waiting], signal)
        }
        note([id], { fix: passes(id) ? 'done' : 'unhelped' })
        note(waiting, {})
      } catch (error) {
        if (signal.aborted) return
        note([id], { error: asError(error) })
        note(waiting, {})
      }
    },
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('A check failed with no error', { cause: error })
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The page moved on', 'AbortError'))
    })
  })
}
