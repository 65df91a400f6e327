import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { useSetupShell, useSetupTexts } from './setup-shell.ts'

/** What every step has around its own content: the host's extra, and the way on. */
export function StepFrame({ id, children }: { id: string; children: ReactNode }) {
  const { layout, steps, goNext, goBack, retryFocus, renderStepExtra } = useSetupShell()
  const t = useSetupTexts()
  // Once, when the step comes on screen.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  useEffect(retryFocus, [])
  const at = steps.findIndex((step) => step.id === id)
  const next = steps[at + 1]
  const showsBack = layout === 'wizard' && at > 0
  return (
    <>
      {children}
      {renderStepExtra(id)}
      {(next || showsBack) && (
        <Actions>
          {showsBack && (
            <Button variant="quiet" onClick={() => goBack(id)}>
              {t('back')}
            </Button>
          )}
          {next?.isReachable && <Button onClick={() => void goNext(id)}>{t('next')}</Button>}
        </Actions>
      )}
    </>
  )
}
