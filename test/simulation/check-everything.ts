import { checkEvent, checkMail } from './invariants/nothing-lost.ts'
import type { ToldEvent } from './world/host.ts'
import { hostKeys } from './world/host.ts'
import type { World } from './world/create-world.ts'

/** At the end, when everything had time to be told: what Google has against what the host was told. */
export async function checkEverything({ truth, store, sandbox, rules, time, deployment }: World): Promise<void> {
  const now = time.now()
  for (const worker of deployment.workers) worker.stop()
  for (const item of truth.items.values()) {
    if (item.site.state !== 'live' || item.site.connectionId === null) item.must = false
    const times = Number(store.hostValue(hostKeys.mail(item.site.connectionId ?? '', item.id)) ?? 0)
    checkMail(rules.lost, now, item, times)
  }
  for (const site of truth.sites) {
    if (site.provider !== 'calendar' || site.state !== 'live' || site.connectionId === null) continue
    for (const event of sandbox.google.listEvents(site.address, site.calendarId)) {
      const told = store.hostValue(hostKeys.event(site.connectionId, event.id)) as ToldEvent | undefined
      checkEvent(rules.lost, now, site, event, told)
    }
  }
  rules.inspectRows()
}
