import { StartProblem } from './start-problem.ts'

const tries = 20

export interface PortWish {
  /** What listens there, for messages. */
  readonly name: string
  /** The environment variable that chooses the port. */
  readonly variable: string
  /** The chosen port; `null`: the first free one from `first` on. */
  readonly wanted: number | null
  readonly first: number
}

/** Opens something on a port. @throws StartProblem when the wanted port is busy or may not be used */
export async function openPort<T>(wish: PortWish, open: (port: number) => Promise<T>): Promise<T> {
  const ports = wish.wanted === null ? Array.from({ length: tries }, (_, step) => wish.first + step) : [wish.wanted]
  for (const port of ports) {
    try {
      return await open(port)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES')
        throw new StartProblem(`${wish.name} may not listen on port ${port}. Choose one above 1023 with ${wish.variable}.`)
      if (code !== 'EADDRINUSE') throw error
    }
  }
  throw new StartProblem(
    `${wish.name}: port ${ports.join(', ')} is in use. Stop what listens there, or choose another one with ${wish.variable}.`,
  )
}
