import { useContext } from 'react'
import { PartEnvironmentContext } from './part-environment.ts'
import type { PartEnvironment } from './part-environment.ts'

/** The attributes that make an element a part: host's class hook, styling hook, optional test hook. */
export interface PartAttributes {
  className: string
  'data-tn-part': string
  'data-testid'?: string
}

/** Names an element as a part: `<div {...part('callout', className)}>`. */
export type NamePart = (name: string, className?: string) => PartAttributes

/** The page the part stands in. */
export function usePartEnvironment(): PartEnvironment {
  return useContext(PartEnvironmentContext)
}

/** Gives elements their part names, with the host's classes. */
export function usePart(): NamePart {
  const { classNames, testIds } = usePartEnvironment()
  return (name, className) => ({
    className: [`tn-${name}`, classNames[name], className].filter(Boolean).join(' '),
    'data-tn-part': name,
    ...(testIds && { 'data-testid': `tn-${name}` }),
  })
}
