import { useEffect, useRef, useState } from 'react'
import { FailureBlock } from '../failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { Field } from '../../parts/field/field.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
// Not from the index: the dialog and its library load with this file, not with the panel.
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { ResetProgress, ToldBar } from './reset-progress.tsx'
import { useResetTexts, useSetupShell } from './setup-shell.ts'
import type { ResetView } from './setup-shell.ts'

/** Asks what to reset, then shows what comes of it; deleting the credentials takes a typed word. */
export function ResetDialog({ view }: { view: ResetView }) {
  const { connections, goodbye, reset, closeReset } = useSetupShell()
  const t = useResetTexts()
  const [credentials, setCredentials] = useState<'keep' | 'delete'>('keep')
  const [typed, setTyped] = useState('')
  // As it was when it began: while it runs fewer and fewer are connected, and what was told before is of an earlier one.
  const [started, setStarted] = useState<{ connections: number; goodbye: typeof goodbye } | null>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const { isPending, data: result, error } = reset
  const word = t('resetWord')
  const confirmed = credentials === 'keep' || typed.trim() === word
  const count = isPending && started !== null ? started.connections : connections
  const isOver = view === 'progress' || result !== undefined
  const close = () => {
    if (isPending) return
    reset.reset()
    closeReset()
  }
  const start = () => {
    if (!confirmed) return
    setStarted({ connections: count, goodbye })
    // The mutation keeps the error, and it is shown below.
    reset.run({ credentials }).catch(() => undefined)
  }
  const hasResult = result !== undefined
  useEffect(() => {
    // The button that was pressed is gone.
    if (hasResult) cancel.current?.focus()
  }, [hasResult])
  const told =
    goodbye === null || goodbye.done === goodbye.total ? t('resetAllTold') : t('resetTold', { done: goodbye.done, total: goodbye.total })
  const title = result
    ? t(credentials === 'keep' ? 'resetKeptTitle' : 'resetDoneTitle')
    : t(view === 'ask' ? 'resetTitle' : goodbye !== null && goodbye.pending.length > 0 ? 'resetTellingTitle' : 'resetToldTitle')
  const footer = isOver ? (
    <Button ref={cancel} onClick={close}>
      {t('resetClose')}
    </Button>
  ) : (
    <>
      <Button ref={cancel} disabled={isPending} onClick={close}>
        {t('resetCancel')}
      </Button>
      <Button variant="danger" busy={isPending} disabled={!confirmed} onClick={start}>
        {credentials === 'keep' ? t('resetDisconnect', { count }) : t('resetNow')}
      </Button>
    </>
  )
  return (
    <Dialog open onOpenChange={close} dismissible={!isPending} initialFocus={cancel} title={title} footer={footer}>
      {isOver ? (
        <ResetProgress goodbye={goodbye} result={result} />
      ) : (
        <>
          <RadioGroup
            legend={t('resetLegend')}
            options={[
              { value: 'keep', label: t('resetKeep') },
              { value: 'delete', label: t('resetDelete') },
            ]}
            value={credentials}
            onChange={setCredentials}
            disabled={isPending}
          />
          {credentials === 'delete' && (
            <Field
              label={t('resetType', { word })}
              error={typed !== '' && !word.startsWith(typed) ? t('resetMistyped', { word }) : undefined}
            >
              <TextInput code value={typed} disabled={isPending} onChange={(event) => setTyped(event.target.value)} />
            </Field>
          )}
          {error && <FailureBlock error={error} />}
          {isPending && goodbye !== null && goodbye !== started?.goodbye && <ToldBar goodbye={goodbye} />}
        </>
      )}
      <LiveRegion hidden={!isPending}>{isPending ? t('resetRunning') : isOver && told}</LiveRegion>
    </Dialog>
  )
}
