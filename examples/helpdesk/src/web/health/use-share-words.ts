import type { HealthReport } from '../../server/health/read-health.ts'
import { useFailureWords } from '../use-failure-words.ts'
import { useHealthWords } from './health-words.ts'

type Share = HealthReport['broken'][number]

/** Says what is shared and broken, and why. */
export function useShareWords(tenants: HealthReport['tenants']) {
  const t = useHealthWords()
  const wordsOf = useFailureWords()
  const nameOf = useTenantName(tenants)
  const known: Readonly<Record<string, string>> = t.providers
  return {
    sayShare: ({ tenantId, key }: Share): string => {
      const [scope, vendor = '', service = vendor] = key.split('/')
      const what = known[service] ?? service
      if (scope === 'vendor' || tenantId === null) return t.vendorOf(what)
      return scope === 'quota' ? t.quotaOf(nameOf(tenantId), what) : t.appOf(nameOf(tenantId), what)
    },
    sayReason: ({ reason }: Share) => wordsOf(reason) ?? { title: reason, detail: '', remedy: '' },
  }
}

/** A tenant's name; the id of one that the helpdesk does not serve any more. */
export function useTenantName(tenants: HealthReport['tenants']): (tenantId: string) => string {
  return (tenantId) => tenants.find(({ id }) => id === tenantId)?.name ?? tenantId
}
