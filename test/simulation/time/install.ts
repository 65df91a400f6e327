import { generateKeyPairSync } from 'node:crypto'
import type { Chance } from '../chance.ts'
import { promptSubtle } from './prompt-subtle.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface OneAtATime {
  isBusy(): boolean
  run<T>(work: () => Promise<T>): Promise<T>
}

/** What other threads do ends in the order in which it was begun. */
export function createOneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  let pending = 0
  return {
    isBusy: () => pending > 0,
    run(work) {
      pending += 1
      const turn = last.then(work).finally(() => {
        pending -= 1
      })
      last = turn.catch(() => undefined)
      return turn
    },
  }
}

/** Puts the timers, the randomness and the threads of this process under one clock and one seed. @returns how to take it back */
export function install({ time, chance, threads }: { time: VirtualTime; chance: Chance; threads: OneAtATime }): () => void {
  const before = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    timeout: AbortSignal.timeout,
    crypto: Object.getOwnPropertyDescriptor(globalThis, 'crypto'),
  }
  const later = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): object => {
    const cancel = time.schedule(time.now() + Math.max(Math.round(ms), 1), async () => run(...given))
    const timer = { cancel, ref: () => timer, unref: () => timer, hasRef: () => false }
    return timer
  }
  const again = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): object => {
    let next = later(turn, ms)
    function turn(): void {
      next = later(turn, ms)
      run(...given)
    }
    const timer = { cancel: () => clear(next), ref: () => timer, unref: () => timer, hasRef: () => false }
    return timer
  }
  const clear = (timer: unknown): void => {
    if (typeof timer === 'object' && timer !== null && 'cancel' in timer) (timer.cancel as () => void)()
    else before.clearTimeout(timer as NodeJS.Timeout)
  }
  Object.assign(globalThis, { setTimeout: later, clearTimeout: clear, setInterval: again, clearInterval: clear })
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController()
    later(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms)
    return controller.signal
  }
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: steady(globalThis.crypto, chance, threads) })
  return () => {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = before
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval })
    AbortSignal.timeout = before.timeout
    if (before.crypto !== undefined) Object.defineProperty(globalThis, 'crypto', before.crypto)
  }
}

/** WebCrypto with randomness from the seed, and one RSA key pair for everybody, because making thousands takes an hour. */
function steady(real: Crypto, chance: Chance, threads: OneAtATime): Crypto {
  const { subtle } = real
  const inTurn = (name: string, given: readonly unknown[]) =>
    threads.run(() => Reflect.apply(Reflect.get(subtle, name) as () => Promise<unknown>, subtle, given))
  const names = chance.fork('uuids')
  let pair: Promise<CryptoKeyPair> | null = null
  const imported = new Map<string, Promise<unknown>>()
  const remembered = (given: readonly unknown[]): Promise<unknown> => {
    const name = JSON.stringify(given, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value))
    const known = imported.get(name) ?? inTurn('importKey', given)
    imported.set(name, known)
    return known
  }
  const handle = {
    ...promptSubtle,
    generateKey: (...given: unknown[]) =>
      JSON.stringify(given[0]).includes('RSASSA')
        ? (pair ??= threads.run(() => importPair(subtle)))
        : inTurn('generateKey', extractable(given, 1)),
    importKey: (...given: unknown[]) =>
      given[0] === 'raw' ? inTurn('importKey', extractable(given, 3)) : remembered(extractable(given, 3)),
  }
  return {
    subtle: new Proxy(subtle, { get: (_, name) => Reflect.get(handle, name) ?? ((...given: unknown[]) => inTurn(String(name), given)) }),
    getRandomValues<T extends ArrayBufferView | null>(array: T): T {
      if (array !== null) new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(chance.bytes(array.byteLength))
      return array
    },
    randomUUID: () => nameByChance(names),
  } as Crypto
}

/** RFC 9562, version 4. */
function nameByChance(chance: Chance): string {
  const hex = Buffer.from(chance.bytes(16)).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-')
}

/** Node warns of keys that it is asked to take out of WebCrypto otherwise. */
const extractable = (given: readonly unknown[], at: number): unknown[] => given.with(at, true)

async function importPair(subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return {
    privateKey: await subtle.importKey('pkcs8', new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })), algorithm, true, [
      'sign',
    ]),
    publicKey: await subtle.importKey('spki', new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })), algorithm, true, [
      'verify',
    ]),
  }
}
