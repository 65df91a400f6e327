import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import type { RotatedKeys } from '@tenantry/sdk'
import { createDeferred } from '../deferred.ts'
import type { Deferred } from '../deferred.ts'
import type { Death } from '../mortal.ts'
import type { HostInput } from './create-host.ts'
import type { Done, Swept, Tokens, Word } from './orders.ts'

const file = fileURLToPath(new URL('worker.ts', import.meta.url))

/** Workers are processes of their own and run what is published, so that has to be built. */
export const isBuilt = (): boolean => existsSync(fileURLToPath(new URL('../../../packages/sdk/dist/index.js', import.meta.url)))

export interface OrderOptions {
  readonly aheadMs: number
  readonly death?: Death
}

export interface Worker {
  /** Ticks until nothing is due. @throws Error with the code, or with the signal when the worker died of it */
  sweep(options: OrderOptions & { readonly maxItems?: number }): Promise<Swept>
  /** @throws Error with the signal when the worker died of it */
  token(options: OrderOptions & { readonly connectionId: string; readonly callers?: number }): Promise<Tokens>
  /** One call of `rotateKeys`. @throws Error as `sweep` */
  rotate(options: OrderOptions & { readonly budgetMs?: number }): Promise<RotatedKeys>
  /** Resolves once the worker has stopped itself. */
  stopped(): Promise<void>
  /** Wakes a worker that stopped itself. */
  wake(): Promise<void>
  /** From outside, wherever it is. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  /** Ends it, whatever it does. */
  end(): Promise<void>
}

/** Starts a worker in a process of its own; resolves when it takes orders. `onStop` hears each time that it stops itself. */
export async function startWorker(input: HostInput, onStop: (worker: Worker) => void = () => undefined): Promise<Worker> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, FAULTS_WORKER: JSON.stringify(input) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const killNow = (): void => void child.kill('SIGKILL')
  process.once('exit', killNow)
  // A dead worker takes no orders; that it died is told to who waits for an answer.
  child.stdin.on('error', () => undefined)

  const waiting = new Map<number, Deferred<Done>>()
  const ready = createDeferred()
  let stopping = createDeferred()
  let woken = createDeferred()
  let lastId = 0

  const hear = (word: Word): void => {
    if (word.said === 'ready') ready.resolve()
    else if (word.said === 'stopping') {
      stopping.resolve()
      onStop(worker)
    } else if (word.said === 'woken') woken.resolve()
    else {
      if (word.said === 'done') waiting.get(word.id)?.resolve(word.value)
      else waiting.get(word.id)?.reject(new Error(word.code))
      waiting.delete(word.id)
    }
  }
  createInterface({ input: child.stdout }).on('line', (line) => hear(JSON.parse(line) as Word))

  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      process.off('exit', killNow)
      const error = endOf(code, signal)
      ready.reject(error)
      for (const answer of waiting.values()) answer.reject(error)
      waiting.clear()
      resolve()
    })
  })

  const order = async <T extends Done>(work: object, { aheadMs, death = null }: OrderOptions | { aheadMs: number; death?: null }) => {
    const id = ++lastId
    const answer = createDeferred<Done>()
    waiting.set(id, answer)
    if (child.exitCode !== null || child.signalCode !== null) answer.reject(endOf(child.exitCode, child.signalCode))
    child.stdin.write(`${JSON.stringify({ id, aheadMs, death, ...work })}\n`)
    return (await answer.promise) as T
  }

  const worker: Worker = {
    sweep: ({ maxItems = 500, ...options }) => order<Swept>({ work: 'sweep', maxItems }, options),
    token: ({ connectionId, callers = 1, ...options }) => order<Tokens>({ work: 'token', connectionId, callers }, options),
    rotate: ({ budgetMs = 60_000, ...options }) => order<RotatedKeys>({ work: 'rotate', budgetMs }, options),
    async stopped() {
      await stopping.promise
      stopping = createDeferred()
    },
    async wake() {
      const awake = woken.promise.then(() => true)
      // It says that it stops just before it does, so the first of these may come too early.
      while (!(await Promise.race([awake, ended.then(() => true), wait(20).then(() => !child.kill('SIGCONT'))])));
      woken = createDeferred()
    },
    signal: (signal) => void child.kill(signal),
    async end() {
      child.kill('SIGKILL')
      await ended
    },
  }
  await ready.promise
  return worker
}

const endOf = (code: number | null, signal: NodeJS.Signals | null): Error => new Error(signal ?? `ended with ${code}`)
