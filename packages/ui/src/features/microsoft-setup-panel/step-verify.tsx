import type { CheckId } from '@tenantry/sdk/wire'
import { SetupChecks } from '../../elements/setup-panel/setup-checks.tsx'
import { StepFrame } from '../../elements/setup-panel/step-frame.tsx'
import { Actions } from '../../parts/card/card.tsx'
import { Button } from '../../parts/button/button.tsx'
import { Text } from '../../parts/text/text.tsx'
import { useSetupModel } from './setup-context.ts'
import { stepOfCheck } from './setup-step.ts'

const expected: readonly CheckId[] = ['base_url', 'clock', 'client_pair', 'secret_expiry', 'redirect_uris', 'admin_consent']

/** Runs the checks, and leads on to the first mailbox. */
export function StepVerify() {
  const { t, status, test, runChecks, setOpenStep, props } = useSetupModel()
  const { data: report, isPending, error } = test
  const failed = report?.checks.some((check) => check.status === 'fail') ?? false
  return (
    <StepFrame id="verify">
      <SetupChecks
        report={report}
        isPending={isPending}
        error={error}
        mayRun={status.permissions.test}
        onRun={runChecks}
        expected={expected}
        fixes={{ actions: { canFix: ({ id }) => id === 'open_setup', fix: (check) => setOpenStep(stepOfCheck(check.id)) } }}
      />
      {props.onConnectMailbox && (
        <div className="tn-setup-stack">
          {!failed && <Text>{t('verifyReady')}</Text>}
          <Actions>
            <Button variant={report && !failed ? 'primary' : 'secondary'} onClick={props.onConnectMailbox}>
              {t('connectMailbox')}
            </Button>
          </Actions>
        </div>
      )}
    </StepFrame>
  )
}
