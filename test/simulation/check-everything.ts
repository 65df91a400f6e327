import { checkAnswer, checkEvent, checkMail } from './invariants/nothing-lost.ts'
import { countSent } from './world/answers.ts'
import type { ToldEvent } from './world/host.ts'
import { hostKeys } from './world/host.ts'
import type { World } from './world/create-world.ts'

/** At the end, when everything had time to be told: what the vendors have against what the host was told. */
export async function checkEverything({ truth, store, sandbox, rules, time, deployment, answers }: World): Promise<void> {
  const now = time.now()
  for (const worker of deployment.workers) worker.stop()
  for (const item of truth.items.values()) {
    if (item.site.state !== 'live' || item.site.connectionId === null) item.must = false
    // A search by time does not find what had arrived before.
    if (item.broughtBack && item.site.everLost) item.must = false
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
  const sent = new Map(truth.sites.filter(({ provider }) => provider === 'sharedMailbox').map((site) => [site, countSent(sandbox, site)]))
  for (const answer of answers.all) {
    const { site, subject, wasApart } = answer
    if (wasApart) continue
    checkAnswer(rules.lost, now, answer, sent.get(site)?.get(subject) ?? 0, site.state === 'live')
  }
  rules.inspectRows()
}
