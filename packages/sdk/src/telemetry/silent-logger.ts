import type { Logger } from '../ports/index.ts'

/** Logs nothing, until the host gives a logger. */
export const silentLogger: Logger = { log: () => undefined }
