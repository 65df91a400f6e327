import { useRef } from 'react'
import { FailureBlock } from '../../elements/failure/index.ts'
import type { Translate } from '../../locales/use-messages.ts'
import { Button } from '../../parts/button/button.tsx'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import { Dialog } from '../../parts/dialog/dialog.tsx'
import { usePart } from '../../parts/environment/use-part.ts'
import { Loading, Skeleton } from '../../parts/skeleton/skeleton.tsx'
import type { diagnosticsReportMessages } from './diagnostics-report.messages.ts'

export interface SupportBundleModel {
  readonly isOpen: boolean
  open(): void
  close(): void
  /** JSON, as it will be copied; `null` while it is made. */
  readonly content: string | null
  readonly isLoading: boolean
  readonly error: Error | null
  /** Asks for it again. */
  load(): void
  /** `null`: addresses are never included. */
  readonly addresses: { readonly included: boolean; include(included: boolean): void } | null
}

export interface SupportBundleDialogProps {
  t: Translate<(typeof diagnosticsReportMessages)['messages']>
  bundle: SupportBundleModel
}

/** Shows what would be copied before it is copied. */
export function SupportBundleDialog({ t, bundle }: SupportBundleDialogProps) {
  const part = usePart()
  const shown = useRef<HTMLElement>(null)
  const { content, addresses } = bundle
  return (
    <Dialog
      open={bundle.isOpen}
      onOpenChange={(open) => (open ? bundle.open() : bundle.close())}
      title={t('bundleTitle')}
      description={t('bundleLead')}
      footer={
        <>
          <Button onClick={bundle.close}>{t('close')}</Button>
          {content !== null && (
            <CopyButton value={content} what={t('bundleName')} shownIn={shown} size="md" variant="primary">
              {t('copy')}
            </CopyButton>
          )}
        </>
      }
    >
      {addresses && (
        <Checkbox
          label={t('addresses')}
          description={t('addressesHelp')}
          checked={addresses.included}
          onChange={(event) => addresses.include(event.target.checked)}
        />
      )}
      {bundle.error && <FailureBlock error={bundle.error} onRetry={bundle.load} retrying={bundle.isLoading} />}
      {!bundle.error && (
        <Loading busy={content === null} skeleton={<Skeleton shape="block" count={2} />}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be in reach of the keyboard */}
          <section {...part('bundle-preview')} aria-label={t('preview')} tabIndex={0}>
            <code ref={shown} className="tn-code" dir="ltr">
              {content}
            </code>
          </section>
        </Loading>
      )}
    </Dialog>
  )
}
