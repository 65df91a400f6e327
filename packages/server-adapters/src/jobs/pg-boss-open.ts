import { PgBoss } from 'pg-boss'

/** What is used of a pg-boss 12. */
export type PgBossSubset = Pick<
  PgBoss,
  'createQueue' | 'updateQueue' | 'schedule' | 'send' | 'work' | 'offWork' | 'notifyWorker' | 'on' | 'off'
>

export type PgBossSource =
  | {
      /** The host's own: started before the sdk starts, and stopped by the host after it. */
      readonly boss: PgBossSubset
    }
  | {
      /** For a boss that is started and stopped with the runner. */
      readonly connectionString: string
      /** Where it keeps its tables. Default `pgboss`. */
      readonly schema?: string
    }

export interface OpenBoss {
  readonly boss: PgBossSubset
  /** Ends what was begun here: a boss of our own, never the host's. */
  close(): Promise<void>
}

/** Without a listener of its error event, a boss that fails would end the process. */
export async function openBoss(source: PgBossSource, onError: (error: unknown) => void): Promise<OpenBoss> {
  if ('boss' in source) {
    const { boss } = source
    boss.on('error', onError)
    return { boss, close: async () => void boss.off('error', onError) }
  }
  const { connectionString, schema } = source
  const boss = new PgBoss({ connectionString, application_name: 'tenantry', ...(schema !== undefined && { schema }) })
  boss.on('error', onError)
  const close = (): Promise<void> => boss.stop({ graceful: true }).catch(onError)
  try {
    await boss.start()
  } catch (error) {
    await close()
    throw error
  }
  return { boss, close }
}
