import { useEffect, useRef, useState } from 'react'
import { cleanPasted, isMasked } from './clean-pasted.ts'

/** What a form sends for a secret. `keep` is the absence of a change, never a mask string. */
export type SecretChange =
  | { readonly action: 'keep' }
  | { readonly action: 'replace'; readonly value: string }
  | { readonly action: 'remove' }

const keep: SecretChange = { action: 'keep' }

export interface SecretInputState {
  readonly typed: string
  readonly shown: boolean
  readonly problem: 'masked' | null
  readonly cleaned: boolean
  type(raw: string): void
  toggleShown(): void
  /** Drops what was typed and goes back to the saved value. */
  keepSaved(): void
  startReplacing(): void
  remove(): void
}

/** The behaviour of a secret field without its looks. What was typed is dropped on keep, on remove and on unmount. */
export function useSecretInput(value: SecretChange, onChange: (change: SecretChange) => void): SecretInputState {
  const [shown, setShown] = useState(false)
  const [problem, setProblem] = useState<'masked' | null>(null)
  const [cleaned, setCleaned] = useState(false)
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })
  useEffect(
    () => () => {
      const { value: last, onChange: report } = latest.current
      if (last.action === 'replace' && last.value !== '') report(keep)
    },
    [],
  )
  const settle = (change: SecretChange) => {
    setShown(false)
    setProblem(null)
    setCleaned(false)
    onChange(change)
  }
  return {
    typed: value.action === 'replace' ? value.value : '',
    shown,
    problem,
    cleaned,
    type(raw) {
      const { text, changed } = cleanPasted(raw)
      const masked = isMasked(text)
      setProblem(masked ? 'masked' : null)
      setCleaned(changed && !masked)
      onChange({ action: 'replace', value: masked ? '' : text })
    },
    toggleShown: () => setShown(!shown),
    keepSaved: () => settle(keep),
    startReplacing: () => settle({ action: 'replace', value: '' }),
    remove: () => settle({ action: 'remove' }),
  }
}
