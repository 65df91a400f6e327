import type { ErrorCode } from '@tenantry/sdk/errors'
import type { Provisioning } from '@tenantry/sdk/wire'
import { useFailureWords } from '../../elements/failure/index.ts'
import { Button } from '../../parts/button/button.tsx'
import { CopyButton } from '../../parts/copy-button/copy-button.tsx'
import type { ConsolePage } from './console-links.ts'
import { ConsolePageLink } from './console-page-link.tsx'
import { useNotificationTexts } from './notifications.controller.ts'
import { useSetupModel } from './setup-context.ts'

export interface ProvisioningFailureProps {
  code: ErrorCode
  values: Readonly<Record<string, string>>
  names: Provisioning['names']
}

/** The console page on which a refusal is mended. */
const pages: Readonly<Partial<Record<ErrorCode, ConsolePage>>> = {
  api_not_enabled: 'enableApis',
  pubsub_act_as_missing: 'serviceAccounts',
  pubsub_domain_restricted: 'orgPolicies',
  pubsub_forbidden: 'iam',
  pubsub_name_taken: 'subscriptions',
  pubsub_publisher_missing: 'topics',
  pubsub_topic_missing: 'topics',
}

/** The tenant has to find the account of the key in a list. */
const aboutTheAccount: readonly ErrorCode[] = ['pubsub_act_as_missing', 'pubsub_forbidden']

/** Why a step failed, in the product's words, and where to mend it. */
export function ProvisioningFailure({ code, values, names }: ProvisioningFailureProps) {
  const { setOpenStep, form, focusField } = useSetupModel()
  const t = useNotificationTexts()
  const { title, detail, remedy } = useFailureWords()({ code, values })
  const page = pages[code]
  const permission = values['permission']
  const replaceKey = () => {
    form.setValue('serviceAccountKey', { action: 'replace', value: '' })
    focusField('serviceAccountKey')
  }
  return (
    <div className="tn-setup-stack">
      <div>
        {title}. {detail} {remedy}
      </div>
      {permission !== undefined && (
        <div>
          {t.rich('missingPermission', {
            permission: (
              <code className="tn-code" dir="ltr">
                {permission}
              </code>
            ),
          })}
        </div>
      )}
      <div className="tn-actions tn-setup-fixes">
        {code === 'pubsub_domain_restricted' && names && <AdminRequest names={names} />}
        {aboutTheAccount.includes(code) && names && (
          <CopyButton value={names.pushServiceAccount} what={t('copyAccountName')}>
            {t('copyAccount')}
          </CopyButton>
        )}
        {page && <ConsolePageLink to={page} />}
        {code === 'pubsub_project_mismatch' && (
          <Button size="sm" onClick={() => setOpenStep('project')}>
            {t('editProject')}
          </Button>
        )}
        {code === 'key_rejected' && (
          <Button size="sm" onClick={replaceKey}>
            {t('replaceKey')}
          </Button>
        )}
      </div>
    </div>
  )
}

function AdminRequest({ names }: { names: NonNullable<Provisioning['names']> }) {
  const { project } = useSetupModel()
  const t = useNotificationTexts()
  const { publisher, topic } = names
  return (
    <CopyButton value={t('adminRequestText', { publisher, project: project ?? '', topic })} what={t('adminRequestName')}>
      {t('adminRequest')}
    </CopyButton>
  )
}
