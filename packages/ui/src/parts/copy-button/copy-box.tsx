import { useRef } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { usePart } from '../environment/use-part.ts'
import { CopyButton } from './copy-button.tsx'
import { copyMessages } from './copy.messages.ts'

export interface CopyRow {
  value: string
  /** Names the value in the copy button and, unless `label` says more, in front of the row. */
  what: string
  label?: ReactNode
  /** After the value: a chip, a note. */
  note?: ReactNode
}

export interface CopyBoxProps {
  rows: readonly CopyRow[]
  /** Adds a button that copies all values, one per line; names them together. */
  copyAll?: string
  /** Default true. */
  showLabels?: boolean
  className?: string
}

/** Values to copy: whole, wrapped, left to right, each with its own button. */
export function CopyBox({ rows, copyAll, showLabels = true, className }: CopyBoxProps) {
  const part = usePart()
  const t = useMessages(copyMessages)
  return (
    <div {...part('copy-box', className)} {...(showLabels && { 'data-labelled': '' })}>
      {rows.map((row) => (
        <CopyBoxRow key={row.what} row={row} showLabel={showLabels} />
      ))}
      {copyAll !== undefined && (
        <div className="tn-copy-all">
          <CopyButton value={rows.map((row) => row.value).join('\n')} what={copyAll} variant="quiet">
            {t('copyAll')}
          </CopyButton>
        </div>
      )}
    </div>
  )
}

// Long addresses wrap after a slash first, in the middle of a word only when nothing else fits.
function breakable(value: string): ReactNode[] {
  return value.split(/(?<=[/&])(?!\/)/).flatMap((piece, index) => (index === 0 ? [piece] : [<wbr key={index} />, piece]))
}

function CopyBoxRow({ row, showLabel }: { row: CopyRow; showLabel: boolean }) {
  const part = usePart()
  const code = useRef<HTMLElement>(null)
  return (
    <div {...part('copy-row')}>
      {showLabel && <span className="tn-copy-label">{row.label ?? row.what}</span>}
      <span className="tn-copy-value">
        <code ref={code} className="tn-code" dir="ltr">
          {breakable(row.value)}
        </code>
        {row.note}
      </span>
      <CopyButton value={row.value} what={row.what} shownIn={code} />
    </div>
  )
}
