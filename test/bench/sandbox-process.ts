import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '@tenantry/sandbox/node'
import type { Sandbox } from '@tenantry/sandbox'

type GoogleVerb = keyof Sandbox['google']

/** A sandbox in a process of its own, so that what is measured here is not Google's work. */
export interface SandboxProcess {
  readonly endpoints: Sandbox['endpoints']
  /** A person's action in Google, by its name in the sandbox. */
  act<Name extends GoogleVerb>(
    name: Name,
    ...input: Parameters<Sandbox['google'][Name]>
  ): Promise<Awaited<ReturnType<Sandbox['google'][Name]>>>
  /** Mail that arrives at once. */
  deliver(address: string, count: number, bytes: number): Promise<void>
  stop(): void
}

interface Command {
  readonly id: number
  readonly name: string
  readonly input: readonly unknown[]
}

export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { stdio: 'inherit' })
  const waiting = new Map<number, (answer: unknown) => void>()
  const ready = new Promise<Sandbox['endpoints']>((resolve) => waiting.set(0, resolve as (answer: unknown) => void))
  child.on('message', ({ id, answer }: { id: number; answer: unknown }) => waiting.get(id)?.(answer))
  let last = 0
  const send = (name: string, input: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      child.send({ id: last, name, input } satisfies Command)
    })
  return {
    endpoints: await ready,
    act: (name, ...input) => send(name, input) as never,
    deliver: async (...input) => void (await send('deliver', input)),
    stop: () => void child.kill(),
  }
}

async function serve(): Promise<void> {
  const { sandbox } = await startSandbox({ port: 0, seed: false })
  process.send?.({ id: 0, answer: sandbox.endpoints })
  process.on('message', ({ id, name, input }: Command) => {
    void answer(sandbox, name, input).then((result) => process.send?.({ id, answer: plain(result) }))
  })
}

async function answer(sandbox: Sandbox, name: string, input: readonly unknown[]): Promise<unknown> {
  if (name !== 'deliver') return (sandbox.google[name as GoogleVerb] as (...input: readonly unknown[]) => unknown)(...input)
  const [address, count, bytes] = input as [string, number, number]
  const text = 'A line of text, as people write it.\r\n'.repeat(Math.ceil(bytes / 38))
  for (let at = 0; at < count; at += 1)
    sandbox.google.deliverMail(address, { from: `kim${at}@customer.test`, subject: `Question ${at}`, text })
  return null
}

/** What a message between processes can carry: a service account brings its key file as text. */
function plain(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result
  const { keyJson } = result as { keyJson?: () => string }
  return { ...JSON.parse(JSON.stringify(result)), ...(keyJson !== undefined && { key: keyJson.call(result) }) }
}

if (process.argv[2] === 'serve') await serve()
