import { Glyph } from './glyph.tsx'
import { iconPaths } from './icon-paths.ts'
import type { IconName } from './icon-paths.ts'

export interface IconProps {
  name: IconName
}

/** An icon by name. */
export function Icon({ name }: IconProps) {
  return <Glyph name={name} path={iconPaths[name]} />
}
