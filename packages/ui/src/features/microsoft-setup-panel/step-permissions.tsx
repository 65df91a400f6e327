import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { CheckRow } from '../../elements/check-list/index.ts'
import { Checkbox } from '../../parts/checkbox/checkbox.tsx'
import { Chip } from '../../parts/chip/chip.tsx'
import { CopyBox } from '../../parts/copy-button/copy-box.tsx'
import { Instructions } from '../../parts/instructions/instructions.tsx'
import { Text } from '../../parts/text/text.tsx'
import { EntraPageLink } from './entra-page-link.tsx'
import { listPermissions } from './list-permissions.ts'
import type { NeededPermission } from './list-permissions.ts'
import { useSetupModel } from './setup-context.ts'
import { checksFor } from './setup-step.ts'

/** What the app may do, for each way to send and receive, and an administrator's word for it. */
export function StepPermissions() {
  const { t, status, declared, declare, test } = useSetupModel()
  const needed = listPermissions(status.offers)
  const checks = checksFor('permissions', test.data)
  return (
    <StepFrame id="permissions">
      <Instructions
        items={[
          t.rich('permissionsOpen', { link: <EntraPageLink key="link" to="registrations" /> }),
          ...(['delegated', 'app'] as const)
            .filter((grant) => needed.some((permission) => permission.grant === grant))
            .map((grant) => (
              <div key={grant}>
                {t.rich(grant === 'delegated' ? 'addDelegated' : 'addApplication')}
                <PermissionBox permissions={needed.filter((permission) => permission.grant === grant)} />
              </div>
            )),
          <>
            {t.rich('approve')}
            {status.adminConsentUrl === null ? (
              <Text size="small" tone="muted">
                {t('approveLater')}
              </Text>
            ) : (
              <CopyBox rows={[{ value: status.adminConsentUrl, what: t('consentLink') }]} />
            )}
          </>,
        ]}
      />
      {checks.length > 0 && (
        <ul className="tn-setup-checks">
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </ul>
      )}
      <Checkbox label={t('approved')} checked={declared.approved} onChange={(event) => declare({ approved: event.target.checked })} />
      <Text size="small" tone="muted">
        {t('permissionsWait')}
      </Text>
    </StepFrame>
  )
}

const ways: Readonly<Record<string, 'wayGraph' | 'wayPush' | 'wayGraphImap' | 'wayImapSmtp' | 'wayImapRelay'>> = {
  'graph+delta': 'wayGraph',
  'graph+webhook': 'wayPush',
  'graph+imap': 'wayGraphImap',
  'smtp+imap': 'wayImapSmtp',
  'relay+imap': 'wayImapRelay',
}

function PermissionBox({ permissions }: { permissions: readonly NeededPermission[] }) {
  const { t, status } = useSetupModel()
  const isForAll = ({ grant, offers }: NeededPermission) => offers.length === status.offers.filter((offer) => offer.grant === grant).length
  const nameOf = ({ send, receive }: NeededPermission['offers'][number]) => {
    const way = ways[`${send}+${receive}`]
    return way === undefined ? [] : [t(way)]
  }
  const namesOf = ({ offers, oversize }: NeededPermission) => [...offers.flatMap(nameOf), ...(oversize ? [t('wayOversize')] : [])]
  return (
    <CopyBox
      className="tn-setup-permissions"
      copyAll={t('allPermissions')}
      rows={permissions.map((permission) => ({
        value: permission.name,
        what: permission.name,
        label: (
          <span className="tn-setup-scope">
            {permission.api}
            {!isForAll(permission) &&
              namesOf(permission).map((way) => (
                <Chip key={way} tone="info">
                  {way}
                </Chip>
              ))}
          </span>
        ),
      }))}
    />
  )
}
