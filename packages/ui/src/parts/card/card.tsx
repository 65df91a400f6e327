import { useId } from 'react'
import type { ReactNode } from 'react'
import { usePart } from '../environment/use-part.ts'
import { Root } from '../root/root.tsx'

export interface CardProps {
  /** Part name of the mounted component, such as `google-setup-panel`. */
  part: string
  title: ReactNode
  subtitle?: ReactNode
  /** At the end of the head: a chip, a link. */
  aside?: ReactNode
  /** Default 2. */
  headingLevel?: 1 | 2 | 3 | 4 | 5 | 6
  children: ReactNode
  /** Data attributes and the like for the outermost element. */
  state?: string
  id?: string | undefined
  className?: string | undefined
}

/** The frame of a mounted component: root, head, then sections. */
export function Card({ part: name, title, subtitle, aside, headingLevel = 2, children, state, id, className }: CardProps) {
  const part = usePart()
  const titleId = useId()
  const Heading = `h${headingLevel}` as const
  return (
    <Root
      part={name}
      as="section"
      id={id}
      className={['tn-card', className].filter(Boolean).join(' ')}
      aria-labelledby={titleId}
      data-state={state}
    >
      <div {...part('card-head')}>
        <div className="tn-card-titles">
          <Heading id={titleId} {...part('title')}>
            <bdi>{title}</bdi>
          </Heading>
          {subtitle && (
            <p {...part('subtitle')}>
              <bdi>{subtitle}</bdi>
            </p>
          )}
        </div>
        {aside && <div className="tn-card-aside">{aside}</div>}
      </div>
      {children}
    </Root>
  )
}

/** A padded region of a card, with space between its children. */
export function CardSection({ title, children, className }: { title?: ReactNode; children: ReactNode; className?: string }) {
  const part = usePart()
  return (
    <div {...part('card-section', className)}>
      {title && <div {...part('section-title')}>{title}</div>}
      {children}
    </div>
  )
}

/** The last row of a card: what is pending at its start, buttons at its end. */
export function CardFooter({ note, children, className }: { note?: ReactNode; children: ReactNode; className?: string }) {
  const part = usePart()
  return (
    <div {...part('card-footer', className)}>
      <output className="tn-card-note">{note}</output>
      <div className="tn-actions">{children}</div>
    </div>
  )
}

/** Two fields side by side; one column when narrow. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className="tn-columns">{children}</div>
}

/** Buttons in a row; they wrap, and fill the row when narrow. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="tn-actions">{children}</div>
}
