import type { Logger, LogLevel } from '../../ports/index.ts'

export interface LogLine {
  readonly level: LogLevel
  readonly event: string
  readonly fields: Readonly<Record<string, string | number | boolean | null>>
}

/** Prints nothing and keeps every line for assertions. */
export interface SilentLogger extends Logger {
  readonly lines: readonly LogLine[]
}

export function createSilentLogger(): SilentLogger {
  const lines: LogLine[] = []
  return {
    lines,
    log(level, event, fields = {}) {
      lines.push({ level, event, fields: { ...fields } })
    },
  }
}
