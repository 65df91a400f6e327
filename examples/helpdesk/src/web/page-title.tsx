import { useEffect } from 'react'
import type { ReactNode } from 'react'

interface PageTitleProps {
  /** What the page is part of. */
  area?: string
  title: string
  help?: string
  /** At the end of the row. */
  aside?: ReactNode
}

/** The page's heading, which is also the tab's title. */
export function PageTitle({ area, title, help, aside }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Helpdesk`
  }, [title])
  return (
    <div className="page-title">
      <div>
        {area && <p className="area">{area}</p>}
        <h1>{title}</h1>
        {help && <p>{help}</p>}
      </div>
      {aside}
    </div>
  )
}
