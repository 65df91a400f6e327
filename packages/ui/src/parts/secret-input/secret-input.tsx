import { useEffect, useId, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { usePart } from '../environment/use-part.ts'
import { describe, FieldNotes } from '../field/field.tsx'
import { SavedSecret } from './saved-secret.tsx'
import type { SecretFact } from './saved-secret.tsx'
import { secretInputMessages } from './secret-input.messages.ts'
import { useSecretInput } from './use-secret-input.ts'
import type { SecretChange } from './use-secret-input.ts'

export interface SecretInputProps {
  label: string
  fact: SecretFact
  value: SecretChange
  onChange: (change: SecretChange) => void
  onBlur?: () => void
  help?: ReactNode
  error?: ReactNode
  notice?: ReactNode
  placeholder?: string
  /** Default true: a saved secret can be taken away. */
  removable?: boolean
  disabled?: boolean
  /** Shows the fact and offers no change. */
  readOnly?: boolean
  name?: string
  id?: string
  className?: string
}

/** A secret: what is saved is a fact, what is typed replaces it, and no saved value ever stands in an input. */
export function SecretInput(props: SecretInputProps) {
  const { label, fact, value, help, error, notice, removable = true, disabled = false, readOnly = false, className } = props
  const part = usePart()
  const t = useMessages(secretInputMessages)
  const secret = useSecretInput(value, props.onChange)
  const generated = useId()
  const id = props.id ?? generated
  const input = useRef<HTMLInputElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const mode = fact.set ? value.action : readOnly ? 'unset' : 'replace'
  useFocusFollowsMode(mode, input, frame)
  const problem = secret.problem ? t('masked') : error
  const notes = { help: mode === 'keep' ? undefined : help, notice: secret.cleaned ? t('cleaned') : notice, error: problem }
  const describedBy = describe(id, notes)
  return (
    <div
      ref={frame}
      {...part('secret-input', ['tn-field', className].filter(Boolean).join(' '))}
      data-state={mode}
      {...(problem && { 'data-invalid': '' })}
    >
      {mode === 'replace' ? (
        <label className="tn-field-label" htmlFor={id}>
          {label}
        </label>
      ) : (
        <span className="tn-field-label">{label}</span>
      )}
      {fact.set && mode === 'keep' && (
        <SavedSecret
          label={label}
          fact={fact}
          describedBy={describedBy}
          onReplace={readOnly || disabled ? undefined : secret.startReplacing}
          onRemove={readOnly || disabled || !removable ? undefined : secret.remove}
        />
      )}
      {mode === 'remove' && (
        <div {...part('saved-secret')}>
          <span className="tn-saved-fact">{t('removed')}</span>
          <Button size="sm" data-action="keep" onClick={secret.keepSaved}>
            {t('keep')}
          </Button>
        </div>
      )}
      {mode === 'replace' && (
        <div className="tn-secret-row">
          <input
            ref={input}
            {...part('input')}
            id={id}
            name={props.name}
            type={secret.shown ? 'text' : 'password'}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            data-1p-ignore=""
            data-lpignore="true"
            data-code=""
            placeholder={props.placeholder}
            disabled={disabled}
            value={secret.typed}
            onChange={(event) => secret.type(event.target.value)}
            onBlur={props.onBlur}
            aria-invalid={problem ? true : undefined}
            aria-describedby={describedBy}
          />
          <Button size="sm" aria-label={t(secret.shown ? 'hideOf' : 'showOf', { label })} disabled={disabled} onClick={secret.toggleShown}>
            {secret.shown ? t('hide') : t('show')}
          </Button>
          {fact.set && (
            <Button size="sm" variant="quiet" onClick={secret.keepSaved}>
              {t('keep')}
            </Button>
          )}
        </div>
      )}
      <FieldNotes id={id} {...notes} />
    </div>
  )
}

// The pressed button disappears with the old mode: focus goes to what took its place, not to the page.
function useFocusFollowsMode(mode: string, input: RefObject<HTMLInputElement | null>, frame: RefObject<HTMLDivElement | null>): void {
  const before = useRef(mode)
  useEffect(() => {
    if (before.current === mode) return
    before.current = mode
    const next = mode === 'replace' ? input.current : frame.current?.querySelector<HTMLElement>('[data-action]')
    next?.focus()
  }, [mode, input, frame])
}
