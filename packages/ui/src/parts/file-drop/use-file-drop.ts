import { useState } from 'react'

/** What a reader makes of a file's text: the values to keep, or one sentence on what is wrong with it. */
export type FileRead<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string }

export type FileDropState = 'idle' | 'dragging' | 'reading' | 'parsed' | 'invalid' | 'too-big' | 'multiple' | 'unreadable'

export interface FileDropBehaviour<Value> {
  /** Local and synchronous: nothing leaves the page. Keep only what is needed. */
  read: (text: string, fileName: string) => FileRead<Value>
  onRead: (value: Value) => void
  onClear?: (() => void) | undefined
  /** Bytes. */
  maxBytes: number
}

export interface FileDrop {
  readonly state: FileDropState
  readonly fileName: string
  /** A file was read before this one. */
  readonly replaced: boolean
  /** The reader's sentence in state `invalid`. */
  readonly message: string
  take(files: readonly File[]): Promise<void>
  takeText(text: string, name: string): void
  drag(over: boolean): void
  clear(): void
}

/** The behaviour of a file drop without its looks. The text is handed to `read` and kept nowhere. */
export function useFileDrop<Value>({ read, onRead, onClear, maxBytes }: FileDropBehaviour<Value>): FileDrop {
  const [outcome, setOutcome] = useState({ state: 'idle' as FileDropState, fileName: '', replaced: false, message: '' })
  const [over, setOver] = useState(false)
  const settle = (state: FileDropState, fileName = '', message = '') =>
    setOutcome((last) => ({ state, fileName, message, replaced: state === 'parsed' && hadFile(last) }))
  const takeText = (text: string, name: string) => {
    if (text.length > maxBytes) return settle('too-big', name)
    const result = read(text, name)
    if (!result.ok) return settle('invalid', name, result.message)
    settle('parsed', name)
    onRead(result.value)
  }
  return {
    ...outcome,
    state: over ? 'dragging' : outcome.state,
    drag: setOver,
    takeText,
    async take(files) {
      setOver(false)
      const [file] = files
      if (!file) return
      if (files.length > 1) return settle('multiple')
      if (file.size > maxBytes) return settle('too-big', file.name)
      // A file that replaces another keeps that memory while it is read.
      setOutcome((last) => ({ ...last, state: 'reading', fileName: file.name, replaced: hadFile(last) }))
      // Only reading may fail here: an error thrown by `read` is a fault of ours and must surface.
      const text = await file.text().catch(() => null)
      if (text === null) settle('unreadable', file.name)
      else takeText(text, file.name)
    },
    clear() {
      settle('idle')
      onClear?.()
    },
  }
}

function hadFile(last: { state: FileDropState; replaced: boolean }): boolean {
  return last.replaced || last.state === 'parsed'
}
