import { useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { usePart } from '../environment/use-part.ts'
import { describe, FieldNotes } from '../field/field.tsx'
import { Icon } from '../icon/icon.tsx'
import { fileDropMessages } from './file-drop.messages.ts'
import { PasteBox } from './paste-box.tsx'
import { useFileDrop } from './use-file-drop.ts'
import type { FileDrop as Drop, FileRead } from './use-file-drop.ts'

export interface FileDropProps<Value> {
  label: string
  /** Inside the drop area, such as `Drop the client JSON here (client_secret_....json)`. */
  hint: ReactNode
  read: (text: string, fileName: string) => FileRead<Value>
  onRead: (value: Value) => void
  onClear?: () => void
  /** What was read, without secrets; shown once a file was accepted. */
  summary?: ReactNode
  /** A warning about an accepted file. */
  notice?: ReactNode
  help?: ReactNode
  /** Of the surrounding form; what is wrong with the file itself is shown by the part. */
  error?: ReactNode
  /** Default JSON. */
  accept?: string
  /** Bytes; default 64 KB. */
  maxBytes?: number
  /** Default true: offers to paste the text instead. */
  allowPaste?: boolean
  disabled?: boolean
  className?: string
}

const JSON_FILES = 'application/json,.json'
const LIMIT_BYTES = 65_536

/** A real file input inside a drop area. Files are read in the page and handed to `read`. */
export function FileDrop<Value>(props: FileDropProps<Value>) {
  const { label, hint, summary, notice, help, accept = JSON_FILES, maxBytes = LIMIT_BYTES, allowPaste = true, disabled = false } = props
  const part = usePart()
  const t = useMessages(fileDropMessages)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [pasting, setPasting] = useState(false)
  const drop = useFileDrop({ read: props.read, onRead: props.onRead, onClear: props.onClear, maxBytes })
  const problem = useProblem(drop, maxBytes) ?? props.error
  const parsed = drop.state === 'parsed'
  const notes = { help, notice: parsed ? notice : undefined, error: problem }
  return (
    <div
      {...part('file-drop', ['tn-field', props.className].filter(Boolean).join(' '))}
      data-state={drop.state}
      {...(problem && { 'data-invalid': '' })}
    >
      <label className="tn-field-label" htmlFor={id}>
        {label}
      </label>
      <div
        {...part('drop-area')}
        onDragOver={(event) => {
          event.preventDefault()
          if (!disabled) drop.drag(true)
        }}
        onDragLeave={() => drop.drag(false)}
        onDrop={(event) => {
          event.preventDefault()
          if (!disabled) void drop.take([...event.dataTransfer.files])
        }}
      >
        <Icon name={parsed ? 'check-circle' : 'upload'} />
        <div className="tn-drop-text">
          <DropText drop={drop} hint={hint} />
          {parsed && summary}
        </div>
        <input
          ref={input}
          id={id}
          type="file"
          className="tn-visually-hidden tn-file-input"
          accept={accept}
          disabled={disabled}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describe(id, notes)}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            // The same file chosen again must fire again.
            event.target.value = ''
            void drop.take(files)
          }}
        />
        <div className="tn-drop-actions">
          <Button size="sm" tabIndex={-1} aria-hidden="true" disabled={disabled} onClick={() => input.current?.click()}>
            {parsed ? t('again') : t('choose')}
          </Button>
          {allowPaste && !pasting && (
            <Button size="sm" variant="quiet" disabled={disabled} onClick={() => setPasting(true)}>
              {t('paste')}
            </Button>
          )}
          {parsed && props.onClear && (
            <Button size="sm" variant="quiet" onClick={drop.clear}>
              {t('clear')}
            </Button>
          )}
        </div>
      </div>
      {pasting && (
        <PasteBox
          onCancel={() => setPasting(false)}
          onText={(text) => {
            setPasting(false)
            drop.takeText(text, t('pastedName'))
          }}
        />
      )}
      <FieldNotes id={id} {...notes} />
    </div>
  )
}

function DropText({ drop, hint }: { drop: Drop; hint: ReactNode }) {
  const t = useMessages(fileDropMessages)
  const file = drop.fileName
  return (
    <output className="tn-drop-status">
      {drop.state === 'dragging' && t('dragging')}
      {drop.state === 'reading' && t.rich('reading', { file })}
      {drop.state === 'parsed' && (drop.replaced ? t.rich('replaced', { file }) : t.rich('read', { file }))}
      {['idle', 'invalid', 'too-big', 'multiple', 'unreadable'].includes(drop.state) && hint}
    </output>
  )
}

function useProblem(drop: Drop, maxBytes: number): string | undefined {
  const t = useMessages(fileDropMessages)
  if (drop.state === 'invalid') return drop.message
  if (drop.state === 'too-big') return t('tooBig', { limit: Math.round(maxBytes / 1024) })
  if (drop.state === 'multiple') return t('multiple')
  if (drop.state === 'unreadable') return t('unreadable')
  return undefined
}
