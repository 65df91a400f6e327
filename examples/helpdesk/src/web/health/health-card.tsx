import { useId } from 'react'
import type { ReactNode } from 'react'

interface HealthCardProps {
  title: string
  help: string
  /** Shown instead of the children. */
  empty?: string | false
  className?: string
  children?: ReactNode
}

/** One part of the page, found by its heading. */
export function HealthCard({ title, help, empty = false, className = '', children }: HealthCardProps) {
  const id = useId()
  return (
    <section className={`card health-card ${className}`} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        <p>{help}</p>
      </div>
      {empty ? <p className="health-none">{empty}</p> : children}
    </section>
  )
}
