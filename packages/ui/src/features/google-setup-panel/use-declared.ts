import { useCallback, useState, useSyncExternalStore } from 'react'
import type { Declared } from './setup-step.ts'

/** What the person has ticked, remembered in this browser for this tenant. Without a tenant id it lasts as long as the panel. */
export function useDeclared(tenantId: string | undefined): [Declared, (patch: Partial<Declared>) => void] {
  const key = tenantId === undefined ? null : `tenantry:google-setup:${tenantId}`
  const [ticked, setTicked] = useState<{ key: string | null; declared: Declared } | null>(null)
  // The server knows nothing of this browser, and both first renders must agree.
  const stored = useSyncExternalStore(
    watchNothing,
    () => (key === null ? '' : readItem(key)),
    () => '',
  )
  const declared = ticked?.key === key ? ticked.declared : parse(stored)
  const declare = useCallback(
    (patch: Partial<Declared>) => {
      const next = { ...declared, ...patch }
      if (key !== null) write(key, next)
      setTicked({ key, declared: next })
    },
    [key, declared],
  )
  return [declared, declare]
}

// Other tabs may tick as well; this one shows it when it is opened again.
function watchNothing(): () => void {
  return () => undefined
}

function readItem(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    // Storage is refused: the ticks are a convenience and start empty.
    return ''
  }
}

function parse(stored: string): Declared {
  const marks = stored.split(' ')
  const isMarked = (name: keyof Declared) => marks.includes(name)
  return {
    gmailApi: isMarked('gmailApi'),
    calendarApi: isMarked('calendarApi'),
    pubsubApi: isMarked('pubsubApi'),
    published: isMarked('published'),
  }
}

function write(key: string, declared: Declared): void {
  try {
    const names = Object.entries(declared).flatMap(([name, marked]) => (marked ? [name] : []))
    localStorage.setItem(key, names.join(' '))
  } catch {
    // Full or refused storage: the ticks still hold until the panel goes away.
  }
}
