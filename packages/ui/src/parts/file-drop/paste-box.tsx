import { useEffect, useRef } from 'react'
import { useMessages } from '../../locales/use-messages.ts'
import { Button } from '../button/button.tsx'
import { Field } from '../field/field.tsx'
import { TextArea } from '../text-input/text-area.tsx'
import { fileDropMessages } from './file-drop.messages.ts'

export interface PasteBoxProps {
  onText: (text: string) => void
  onCancel: () => void
}

/** Where a file's text can be pasted. The text lives in the element alone and goes away with it. */
export function PasteBox({ onText, onCancel }: PasteBoxProps) {
  const t = useMessages(fileDropMessages)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  return (
    <div className="tn-paste-box">
      <Field label={t('pasteLabel')}>
        <TextArea ref={area} code data-1p-ignore="" data-lpignore="true" />
      </Field>
      <div className="tn-actions">
        <Button size="sm" onClick={() => onText(area.current?.value ?? '')}>
          {t('readPasted')}
        </Button>
        <Button size="sm" variant="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
