import { useCallback, useState, useSyncExternalStore } from 'react'

/** Ticks by name. */
export type Ticks<Name extends string> = Readonly<Record<Name, boolean>>

/**
 * What the person has ticked, remembered in this browser for this tenant. Without a tenant id it lasts as long as the panel.
 * @param panel names the panel in the browser's storage
 * @param names keep their identity stable
 */
export function useDeclared<Name extends string>(
  panel: string,
  names: readonly Name[],
  tenantId: string | undefined,
): [Ticks<Name>, (patch: Partial<Ticks<Name>>) => void] {
  const key = tenantId === undefined ? null : `tenantry:${panel}:${tenantId}`
  const [ticked, setTicked] = useState<{ key: string | null; declared: Ticks<Name> } | null>(null)
  // The server knows nothing of this browser, and both first renders must agree.
  const stored = useSyncExternalStore(
    watchNothing,
    () => (key === null ? '' : readItem(key)),
    () => '',
  )
  const declared = ticked?.key === key ? ticked.declared : parse(names, stored)
  const declare = useCallback(
    (patch: Partial<Ticks<Name>>) => {
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

function parse<Name extends string>(names: readonly Name[], stored: string): Ticks<Name> {
  const marks = stored.split(' ')
  return Object.fromEntries(names.map((name) => [name, marks.includes(name)])) as Ticks<Name>
}

function write(key: string, declared: Ticks<string>): void {
  try {
    const names = Object.entries(declared).flatMap(([name, marked]) => (marked ? [name] : []))
    localStorage.setItem(key, names.join(' '))
  } catch {
    // Full or refused storage: the ticks still hold until the panel goes away.
  }
}
