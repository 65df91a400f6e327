import { Glyph } from './glyph.tsx'
import { statusIconPaths } from './status-icon-paths.ts'
import type { StatusIconName } from './status-icon-paths.ts'

export interface StatusIconProps {
  name: StatusIconName
}

/** The icon of a state, without the weight of all others. */
export function StatusIcon({ name }: StatusIconProps) {
  return <Glyph name={name} path={statusIconPaths[name]} />
}
