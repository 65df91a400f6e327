import { useMicrosoftSetupScript } from '../../data/use-microsoft-setup-script.ts'
import { FailureBlock } from '../../elements/failure/index.ts'
import { ScriptBox } from '../../elements/setup-panel/script-box.tsx'
import { Skeleton } from '../../parts/skeleton/skeleton.tsx'
import { Text } from '../../parts/text/text.tsx'
import { EntraPageLink } from './entra-page-link.tsx'
import { useSetupModel } from './setup-context.ts'

/** All of the setup as commands for Azure Cloud Shell. */
export function SetupScript() {
  const { t } = useSetupModel()
  const { data, error, refetch, isFetching } = useMicrosoftSetupScript()
  if (data === undefined)
    return error ? <FailureBlock error={error} onRetry={() => void refetch()} retrying={isFetching} /> : <Skeleton shape="block" />
  return (
    <div className="tn-setup-stack">
      <Text size="small">{t.rich('scriptHelp', { link: <EntraPageLink key="link" to="cloudShell" /> })}</Text>
      <ScriptBox script={data} what={t('script')} />
    </div>
  )
}
