import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createDeferred } from '../deferred.ts'
import type { Deferred } from '../deferred.ts'
import type { Death } from '../mortal.ts'
import type { MailHostInput } from './create-mail-host.ts'
import type { MailAnswer, MailOrder, MailWord } from './mail-orders.ts'

const file = fileURLToPath(new URL('mail-worker.ts', import.meta.url))

type Work<Kind extends MailOrder['work']> = Omit<Extract<MailOrder, { work: Kind }>, 'id' | 'work'>

/** A process of its own that runs what is published. */
export interface MailWorker {
  /** The Message-ID that went out, or the code. @throws Error with the signal when the worker died of it */
  send(order: Omit<Work<'send'>, 'death'> & { readonly death?: Death }): Promise<string>
  /** Ticks and listens from here on. */
  start(order: Work<'start'>): Promise<void>
  /** Ends it, whatever it does. */
  kill(): Promise<void>
}

/** Resolves when the worker takes orders. */
export async function startMailWorker(input: MailHostInput): Promise<MailWorker> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, FAULTS_MAIL_WORKER: JSON.stringify(input) },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const killNow = (): void => void child.kill('SIGKILL')
  process.once('exit', killNow)
  // A dead worker takes no orders; that it died is told to who waits for an answer.
  child.stdin.on('error', () => undefined)
  const waiting = new Map<number, Deferred<MailAnswer>>()
  const ready = createDeferred()
  let lastId = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const word = JSON.parse(line) as MailWord
    if (word.said === 'ready') ready.resolve()
    else waiting.get(word.id)?.resolve(word.answer)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      process.off('exit', killNow)
      const error = new Error(signal ?? `ended with ${code}`)
      ready.reject(error)
      for (const answer of waiting.values()) answer.reject(error)
      resolve()
    })
  })
  const order = (work: object): Promise<MailAnswer> => {
    const answer = createDeferred<MailAnswer>()
    waiting.set((lastId += 1), answer)
    child.stdin.write(`${JSON.stringify({ id: lastId, ...work })}\n`)
    return answer.promise
  }
  await ready.promise
  return {
    async send({ death = null, ...rest }) {
      const answer = await order({ work: 'send', death, ...rest })
      return 'sent' in answer ? answer.sent.messageId : 'code' in answer ? answer.code : ''
    },
    async start(rest) {
      const answer = await order({ work: 'start', ...rest })
      if ('code' in answer) throw new Error(answer.code)
    },
    async kill() {
      killNow()
      await ended
    },
  }
}
