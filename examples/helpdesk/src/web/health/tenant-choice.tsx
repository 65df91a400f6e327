import type { HealthReport } from '../../server/health/read-health.ts'
import { useHealthWords } from './health-words.ts'

interface TenantChoiceProps {
  tenants: HealthReport['tenants']
  chosen: string | null
  onChoose: (tenantId: string | null) => void
}

/** Whose details are shown. */
export function TenantChoice({ tenants, chosen, onChoose }: TenantChoiceProps) {
  const t = useHealthWords()
  return (
    <label className="choice">
      <span>{t.tenant}</span>
      <select value={chosen ?? ''} onChange={(event) => onChoose(event.target.value || null)}>
        <option value="">{t.allTenants}</option>
        {tenants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
