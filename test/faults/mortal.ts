import type { Fetch, Store, StoreTransaction } from '@tenantry/sdk/ports'

/** A process that can die: before or after any one of its steps, and then nothing that it does has an effect any more. */
export interface Mortal {
  /** The store as this process sees it. */
  readonly store: Store
  readonly fetch: Fetch
  /** Names of the steps that were taken, in order; a step is a call of the store, an end of a transaction or a request. */
  readonly steps: readonly string[]
  readonly isDead: () => boolean
}

/** At which step, counted from 1 or by its name at the first time, and whether its effect is still had. */
export interface Death {
  readonly step: number | string
  readonly when: 'before' | 'after'
  /** Only stopped, and going on with what it knew when somebody wakes it: a machine that was suspended. */
  readonly wakes?: boolean
}

class Died extends Error {
  constructor() {
    super('this process is dead')
    this.name = 'Died'
  }
}

/**
 * Gives a process its life on a store that outlives it. Without a death it only counts. `onDeath` may end or stop the real process; by default
 * nothing that is done afterwards has an effect.
 */
export function createMortal(
  parts: { readonly store: Store; readonly fetch: Fetch },
  death: Death | null,
  onDeath: () => void = () => undefined,
): Mortal {
  const steps: string[] = []
  let dead = false
  let isDue = death !== null

  const die = (): void => {
    isDue = false
    dead = death?.wakes !== true
    onDeath()
  }

  const take = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Died()
    steps.push(name)
    const last = isDue && (death?.step === steps.length || death?.step === name)
    if (last && death?.when === 'before') {
      die()
      if (dead) throw new Died()
    }
    const result = await work()
    // What another step of the same process killed meanwhile gets no answer either.
    if (last && isDue) die()
    if (dead) throw new Died()
    return result
  }

  const wrap = <T extends object>(target: T, prefix: string): T =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name)
        const path = `${prefix}${String(name)}`
        if (typeof value === 'function')
          return (...input: unknown[]) => take(path, async () => (await Reflect.apply(value, object, input)) as unknown)
        return typeof value === 'object' && value !== null && name !== 'native' ? wrap(value, `${path}.`) : value
      },
    })

  const transaction: Store['transaction'] = async (work) => {
    const result = await take('transaction.begin', () => Promise.resolve()).then(() =>
      parts.store.transaction(async (inner: StoreTransaction) => {
        const value = await work(wrap(inner, 'transaction.'))
        // Dying here leaves nothing of the transaction behind.
        await take('transaction.end', () => Promise.resolve())
        return value
      }),
    )
    await take('transaction.committed', () => Promise.resolve())
    return result
  }

  return {
    store: new Proxy(parts.store, {
      get: (store, name) => (name === 'transaction' ? transaction : (wrap(store, '') as never)[name]),
    }),
    fetch: (request) =>
      take(
        `request ${new URL(request.url).pathname
          .split('/')
          .slice(-2)
          .join('/')
          .replace(/[0-9a-f]{8,}/g, ':id')}`,
        () => parts.fetch(request),
      ),
    steps,
    isDead: () => dead,
  }
}
