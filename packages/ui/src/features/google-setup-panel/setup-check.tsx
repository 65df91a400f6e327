import type { Check } from '@tenantry/sdk/wire'
import { CheckRow } from '../../elements/check-list/index.ts'

/** One check beside the step that it is about. */
export function SetupCheck({ check }: { check: Check }) {
  return <CheckRow check={check} />
}
