import type { IncomingMessage, ServerResponse } from 'node:http'
import { exampleFolder } from './read-config.ts'

export interface Vite {
  readonly answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void
  close(): Promise<void>
}

/** The pages from their sources, on the same address as the API, so that sign-ins and cookies work as they do when built. */
export async function startVite(): Promise<Vite> {
  const { createServer } = await import('vite')
  const vite = await createServer({ root: exampleFolder, appType: 'spa', server: { middlewareMode: true } })
  return { answer: (incoming, outgoing) => vite.middlewares(incoming, outgoing), close: () => vite.close() }
}
