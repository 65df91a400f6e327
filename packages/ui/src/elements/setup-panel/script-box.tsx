import { useRef } from 'react'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'

export interface ScriptBoxProps {
  script: string
  /** Names it in the copy button and for assistive technology. */
  what: string
}

/** Commands to paste: the button stays in view, a long script scrolls below it. */
export function ScriptBox({ script, what }: ScriptBoxProps) {
  const code = useRef<HTMLElement>(null)
  return (
    <div className="tn-copy-box tn-setup-script">
      <div className="tn-copy-all">
        <CopyButton value={script} what={what} shownIn={code} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be in reach of the keyboard */}
      <section className="tn-setup-script-lines" aria-label={what} dir="ltr" tabIndex={0}>
        <code ref={code} className="tn-code">
          {script}
        </code>
      </section>
    </div>
  )
}
