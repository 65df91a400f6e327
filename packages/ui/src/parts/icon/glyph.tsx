import { usePart, usePartEnvironment } from '../environment/use-part.ts'
import type { IconName } from './icon-paths.ts'

export interface GlyphProps {
  name: IconName
  path: string
}

/** Draws one icon. Decorative: words always stand beside it, so it is hidden from assistive technology. */
export function Glyph({ name, path }: GlyphProps) {
  const part = usePart()
  const { icons } = usePartEnvironment()
  const Own = icons[name]
  return (
    <span {...part('icon')} data-icon={name} aria-hidden="true">
      {Own ? (
        <Own aria-hidden />
      ) : (
        <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
          <path d={path} strokeDasharray={name === 'ring-dashed' ? '2.4 2.4' : undefined} />
        </svg>
      )}
    </span>
  )
}
