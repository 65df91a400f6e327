import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { PartEnvironmentContext } from './part-environment.ts'
import type { PartClassNames } from './part-environment.ts'
import { usePartEnvironment } from './use-part.ts'

/** Adds one component's `classNames` prop to those of the provider. */
export function PartClassNamesScope({ classNames, children }: { classNames: PartClassNames | undefined; children: ReactNode }) {
  const outer = usePartEnvironment()
  const environment = useMemo(
    () => (classNames ? { ...outer, classNames: joinClasses(outer.classNames, classNames) } : outer),
    [outer, classNames],
  )
  return <PartEnvironmentContext.Provider value={environment}>{children}</PartEnvironmentContext.Provider>
}

function joinClasses(outer: PartClassNames, inner: PartClassNames): PartClassNames {
  const added = Object.entries(inner).map(([part, name]) => [part, [outer[part], name].filter(Boolean).join(' ')])
  return { ...outer, ...Object.fromEntries(added) }
}
