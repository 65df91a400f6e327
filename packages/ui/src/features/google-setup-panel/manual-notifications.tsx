import { FailureBlock } from '../../elements/failure/index.ts'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { Text } from '../../parts/text/text.tsx'
import { ConsolePageLink } from './console-page-link.tsx'
import { useSetupModel } from './setup-context.ts'

/** The commands that set up Pub/Sub without a key, with this tenant's names in them. */
export function ManualNotifications() {
  const { t, script } = useSetupModel()
  if (script.isError) return <FailureBlock error={script.error} onRetry={() => void script.refetch()} />
  if (!script.data) return <Skeleton shape="block" />
  return (
    <div className="tn-setup-stack">
      <Text>{t.rich('manualScript', { link: <ConsolePageLink to="cloudShell" /> })}</Text>
      <CopyBox rows={[{ value: script.data, what: t('manualScriptName') }]} showLabels={false} className="tn-setup-script" />
    </div>
  )
}
