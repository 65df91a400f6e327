export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Structured log lines. Fields hold ids, codes and counts; never secrets, addresses or text from outside. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void
}
