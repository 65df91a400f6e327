import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import { usePart } from '../environment/use-part.ts'
import { CalendarDate } from '../relative-time/calendar-date.tsx'
import { secretInputMessages } from './secret-input.messages.ts'

/** What a browser may know of a saved secret: that it is there, since when, by whom. Never a part of it. */
export type SecretFact =
  | { readonly set: false }
  | {
      readonly set: true
      readonly fingerprint?: string | undefined
      readonly updatedAt?: string | undefined
      readonly updatedBy?: string | undefined
    }

export interface SavedSecretProps {
  /** Names the secret in the buttons' accessible names. */
  label: string
  fact: Extract<SecretFact, { set: true }>
  onReplace?: (() => void) | undefined
  onRemove?: (() => void) | undefined
  describedBy?: string | undefined
}

/** A saved secret as a fact with a date and a person, never as a filled input. */
export function SavedSecret({ label, fact, onReplace, onRemove, describedBy }: SavedSecretProps) {
  const part = usePart()
  const t = useMessages(secretInputMessages)
  const { fingerprint, updatedAt, updatedBy } = fact
  const date = updatedAt && <CalendarDate iso={updatedAt} />
  return (
    <>
      <div {...part('saved-secret')} aria-describedby={describedBy}>
        <span className="tn-saved-fact">
          {fingerprint
            ? t.rich('savedFingerprint', {
                fingerprint: (
                  <code className="tn-code" dir="ltr" key="fingerprint">
                    {fingerprint}
                  </code>
                ),
              })
            : t('saved')}
        </span>
        {onReplace && (
          <Button size="sm" onClick={onReplace} aria-label={t('replaceOf', { label })} data-action="replace">
            {t('replace')}
          </Button>
        )}
        {onRemove && <IconButton icon="trash" size="sm" label={t('removeOf', { label })} onClick={onRemove} />}
      </div>
      {date && <div {...part('field-help')}>{updatedBy ? t.rich('addedBy', { date, person: updatedBy }) : t.rich('added', { date })}</div>}
    </>
  )
}
