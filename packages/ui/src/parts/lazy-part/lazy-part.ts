import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'
import { NotLoaded } from './not-loaded.tsx'

/**
 * As `lazy`, but a part whose code cannot be fetched says so in its place: a failed import would otherwise take the host's whole page down.
 * @param fetchPart imports the module and picks the component
 */
export function lazyPart<Props>(fetchPart: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await fetchPart().catch((): ComponentType<Props> => NotLoaded) }))
}
