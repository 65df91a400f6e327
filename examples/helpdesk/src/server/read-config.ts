import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartProblem } from './start-problem.ts'

/** Folder of this example; everything it keeps lies below. */
export const exampleFolder = fileURLToPath(new URL('../..', import.meta.url))

export interface Config {
  /** `null`: 3000, or the next free one. */
  readonly port: number | null
  readonly hostname: string
  /** Origin under which browsers and vendors reach this server; `null`: http://localhost and the port. */
  readonly publicUrl: string | null
  /** Whether Microsoft 365 is offered beside Google. */
  readonly hasMicrosoft: boolean
  /** Google and Microsoft on this machine instead of the real ones. */
  readonly sandbox: { readonly port: number | null; readonly emulator: boolean } | null
  /** `null`: PostgreSQL embedded, in the data folder. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  /** Pages straight from their sources, for work on this example. */
  readonly development: boolean
}

/** Reads `.env` and the environment, which wins. @throws StartProblem, which names the variable */
export function readConfig(): Config {
  const envFile = join(exampleFolder, '.env')
  if (existsSync(envFile)) process.loadEnvFile(envFile)
  const publicUrl = readOrigin('PUBLIC_URL')
  const sandbox = readSwitch('SANDBOX')
  if (!sandbox && publicUrl === null) {
    throw new StartProblem(
      'SANDBOX=off needs PUBLIC_URL, the https address under which Google and Microsoft reach this server. See .env.example.',
    )
  }
  return {
    port: readPort('PORT'),
    hostname: read('HOST') ?? '127.0.0.1',
    publicUrl,
    hasMicrosoft: readSwitch('MICROSOFT'),
    sandbox: sandbox ? { port: readPort('SANDBOX_PORT'), emulator: readSwitch('PUBSUB_EMULATOR') } : null,
    databaseUrl: read('DATABASE_URL'),
    dataFolder: resolve(exampleFolder, read('DATA_FOLDER') ?? '.tenantry'),
    development: process.argv.includes('--dev'),
  }
}

function read(name: string): string | null {
  const value = process.env[name]?.trim()
  return value ? value : null
}

function readPort(name: string): number | null {
  const value = read(name)
  if (value === null) return null
  const port = Number(value)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartProblem(`${name}=${value} is not a port. Use a number from 1 to 65535.`)
  return port
}

function readSwitch(name: string): boolean {
  const value = read(name) ?? 'on'
  if (value !== 'on' && value !== 'off') throw new StartProblem(`${name}=${value} is neither "on" nor "off".`)
  return value === 'on'
}

function readOrigin(name: string): string | null {
  const value = read(name)
  if (value === null) return null
  const url = URL.canParse(value) ? new URL(value) : null
  if (url === null || url.protocol !== 'https:' || url.pathname !== '/' || url.search !== '') {
    throw new StartProblem(`${name}=${value} is not an https address without a path, such as https://helpdesk.example.com.`)
  }
  return url.origin
}
