import { readConfig } from './read-config.ts'
import type { Config } from './read-config.ts'
import { startHelpdesk } from './start-helpdesk.ts'
import type { Helpdesk } from './start-helpdesk.ts'
import { StartProblem } from './start-problem.ts'

try {
  const config = readConfig()
  const starting = startHelpdesk(config)
  stopOnSignal(starting)
  console.log(welcome(await starting, config))
} catch (error) {
  if (!(error instanceof StartProblem)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}

function welcome({ url, sandbox }: Helpdesk, { hasMicrosoft }: Config): string {
  const lines = ['', `  Helpdesk   ${url}`]
  if (sandbox === null) return [...lines, '', `  Open ${url}/settings/integrations and follow the setup.`, ''].join('\n')
  const pubsub = sandbox.pubsub === 'emulator' ? "with Google's Pub/Sub emulator" : 'with a Pub/Sub of its own'
  const microsoft = [
    '  5. Follow the Microsoft 365 setup, with values of the sandbox too, and connect support@acme.onmicrosoft.test: sign in as',
    '     dana@acme.onmicrosoft.test. Its mail becomes tickets that can be answered.',
  ]
  return [
    ...lines,
    `  Sandbox    ${sandbox.origin}  (Google and Microsoft on this machine, ${pubsub})`,
    '',
    `  1. Open ${url}: you are Dana, who looks after Acme's integrations.`,
    '  2. Follow the Google setup. Its values come from the sandbox: "Open Google Cloud Console" at the top of the page.',
    '  3. Connect support@acme.test, then send a mail from the sandbox: it becomes a ticket.',
    '  4. View as Toni, connect the calendar of toni@acme.test, then move an event in the sandbox: the on-call page follows.',
    ...(hasMicrosoft ? microsoft : []),
    '',
    '  Stop with Ctrl+C; everything is kept.',
    '',
  ].join('\n')
}

/** Also while it starts: what is up already has to be stopped. */
function stopOnSignal(starting: Promise<Helpdesk>): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    // Who asks twice does not want to wait.
    if (stopping) process.exit(1)
    stopping = true
    console.log('\nStopping ...')
    const helpdesk = await starting
    await helpdesk.stop()
    process.exit(0)
  }
  const listen = (): void => {
    stop().catch((error: unknown) => {
      console.error(error)
      process.exit(1)
    })
  }
  process.on('SIGINT', listen)
  process.on('SIGTERM', listen)
}
