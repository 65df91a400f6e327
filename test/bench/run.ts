import { benchAccessToken } from './access-token.ts'
import { benchClaims } from './claims.ts'
import { benchImport } from './import-time.ts'
import { benchPushIntake } from './push-intake.ts'
import { benchGmailSync } from './gmail-sync.ts'
import { benchSweep } from './sweep.ts'
import type { Figure } from './figure.ts'

const wanted = process.argv.slice(2)
const benches: Record<string, () => Promise<Figure[]>> = {
  import: benchImport,
  push: benchPushIntake,
  sync: benchGmailSync,
  claims: benchClaims,
  sweep: benchSweep,
  token: benchAccessToken,
}

let missed = 0
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const { title, ratio, goal, detail } of await bench()) {
    const reached = goal.startsWith('>=') ? ratio >= Number(goal.slice(2)) : ratio <= Number(goal.slice(2))
    if (!reached) missed += 1
    console.log(`${reached ? 'reached' : 'MISSED '}  ${title}: ${ratio.toFixed(3)} (goal ${goal})\n         ${detail}`)
  }
}
process.exit(missed === 0 ? 0 : 1)
