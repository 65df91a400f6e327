import type { Clock, Logger, LogLevel } from '@tenantry/sdk/ports'
import { redactField, redactText } from './redact.ts'

export interface JsonLoggerOptions {
  /** Gets one line, newline included. */
  readonly write: (line: string) => void
  /** The lowest level that is written; default `info`. */
  readonly level?: LogLevel
  /** Default the system's. */
  readonly clock?: Clock
}

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

/** Harmless in JSON, harmful on a screen: the rest of the control characters, line separators, and what turns text around. */
const invisible = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/**
 * One line of JSON per event: `{"time":"…","level":"warn","event":"task.failed",…fields}`. The sdk logs no secrets; this is the second net, by names of
 * fields and by how values look. Never throws, because nothing may fail for the sake of a log.
 *
 * @example
 * createTenantry({ logger: createJsonLogger({ write: (line) => process.stdout.write(line) }), ... })
 */
export function createJsonLogger(options: JsonLoggerOptions): Logger {
  const { write, level: lowest = 'info', clock = { now: () => Date.now() } } = options
  return {
    log(level, event, fields) {
      if (levels.indexOf(level) < levels.indexOf(lowest)) return
      try {
        write(`${toLine({ time: new Date(clock.now()).toISOString(), level, event: redactText(event) }, cleanFields(fields))}\n`)
      } catch {
        // The output is gone: there is nobody left to tell.
      }
    },
  }
}

type Cleaned = readonly (readonly [name: string, value: ReturnType<typeof redactField>])[]

function cleanFields(fields: Readonly<Record<string, unknown>> = {}): Cleaned {
  try {
    return Object.entries(fields).map(([key, value]) => [redactText(key), redactField(key, value)] as const)
  } catch {
    return [['fields', '[unreadable]']]
  }
}

function toLine(head: Readonly<Record<string, string>>, fields: Cleaned): string {
  const named = fields.map(([name, value]) => [Object.hasOwn(head, name) ? `field.${name}` : name, value] as const)
  const line = JSON.stringify(Object.fromEntries([...Object.entries(head), ...named]))
  return line.replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
