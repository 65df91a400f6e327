import type { ResetResult } from '@tenantry/sdk/wire'
import { useRef, useState } from 'react'
import type { GoogleSetup } from '../../data/use-google-setup.ts'
import { FailureBlock } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { Callout } from '../../parts/callout/callout.tsx'
import { Field } from '../../parts/field/field.tsx'
import { LiveRegion } from '../../parts/live-region/live-region.tsx'
import { RadioGroup } from '../../parts/radio-group/radio-group.tsx'
import { TextInput } from '../../parts/text-input/text-input.tsx'
// Not from the index: the dialog and its library load with this file, not with the panel.
import { Dialog } from '../../parts/dialog/dialog.tsx'
import type { PanelTexts } from './setup-context.ts'

export interface ResetDialogProps {
  t: PanelTexts
  /** How many will be disconnected. */
  connections: number
  reset: GoogleSetup['reset']
  onOpenChange: (open: boolean) => void
  onFinished: (status: ResetResult['status']) => void
}

/** Asks what to reset; deleting the credentials takes a typed word. */
export function ResetDialog({ t, connections, reset, onOpenChange, onFinished }: ResetDialogProps) {
  const [credentials, setCredentials] = useState<'keep' | 'delete'>('keep')
  const [typed, setTyped] = useState('')
  const cancel = useRef<HTMLButtonElement>(null)
  const { isPending, data: result, error } = reset
  const word = t('resetWord')
  const confirmed = credentials === 'keep' || typed.trim() === word
  const close = () => {
    if (isPending) return
    reset.reset()
    onOpenChange(false)
  }
  const start = () => {
    if (!confirmed) return
    reset.run({ credentials }).then(
      ({ status }) => onFinished(status),
      // The mutation keeps the error, and it is shown below.
      () => undefined,
    )
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      dismissible={!isPending}
      initialFocus={cancel}
      title={t(result === undefined ? 'resetTitle' : credentials === 'keep' ? 'resetKeptTitle' : 'resetDoneTitle')}
      footer={
        result ? (
          <Button ref={cancel} onClick={close}>
            {t('resetClose')}
          </Button>
        ) : (
          <>
            <Button ref={cancel} disabled={isPending} onClick={close}>
              {t('resetCancel')}
            </Button>
            <Button variant="danger" busy={isPending} disabled={!confirmed} onClick={start}>
              {credentials === 'keep' ? t('resetDisconnect', { count: connections }) : t('resetNow')}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <ResetOutcome t={t} result={result} />
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
        </>
      )}
      <LiveRegion hidden={!isPending}>{isPending && t('resetRunning')}</LiveRegion>
    </Dialog>
  )
}

function ResetOutcome({ t, result }: { t: PanelTexts; result: ResetResult }) {
  const { disconnected, remotePending } = result
  const names = remotePending.map(({ name }) => name).join(', ')
  return (
    <Callout tone={remotePending.length > 0 ? 'warning' : 'success'} live="status">
      {t('resetDone', { count: disconnected })} {remotePending.length > 0 && t('resetPending', { count: remotePending.length, names })}
    </Callout>
  )
}
