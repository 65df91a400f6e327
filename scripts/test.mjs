// `npm test`: every check of the repository, one after the other, and at the end one line with the counts.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

mkdirSync('test-results', { recursive: true })

// One after the other, because a browser that shares two cores with other tests is slow enough to fail.
const vitest = (report, ...projects) =>
  `vitest run ${projects.map((name) => `--project '${name}'`).join(' ')} --reporter=default --reporter=json --outputFile.json=test-results/${report}.json`

/** By itself vitest leaves one of two cores idle. */
const bothCores = '--maxWorkers=2'

const only = process.argv.slice(2)
const lateAfterMs = 20 * 60_000
/** Where the rest took so long, the server is not built as well; without Go it cannot be. */
const isLate = () => performance.now() > lateAfterMs
function withTemporal() {
  return process.env['TENANTRY_REQUIRE_REAL'] === '1' && spawnSync('go', ['version']).status === 0
}
const steps = [
  ['format', 'oxfmt --check .'],
  ['lint', 'oxlint --deny-warnings .'],
  ['build', 'turbo run build --output-logs=errors-only'],
  ['types', 'tsc --noEmit -p tsconfig.json'],
  ['dead code', 'knip'],
  ['packages', 'node scripts/check-packages.mjs'],
  ['sizes', 'node scripts/bundle-for-size.mjs && size-limit'],
  ['tests', `${vitest('tests', 'node', 'dom')} ${bothCores}`],
  ['stories', `${vitest('stories', 'storybook*')} ${bothCores}`],
  ['browser', vitest('browser', 'browser')],
  // Builds its server first, which takes minutes: by name, and where every real part is asked for.
  [
    'temporal',
    `bash scripts/install-temporal.sh && ${vitest('temporal', 'node')} packages/server-adapters/src/jobs/temporal`,
    withTemporal(),
  ],
].filter(([name, , wanted = true]) => (only.length === 0 ? wanted : only.includes(name)))
/** Needs one core and nobody's answer, so it runs beside the steps up to the tests. */
const early = 'types'
const isTests = ([, command]) => command.includes('vitest run')

let passed = 0
let failed = 0
/** Told once more at the end, because a log that is cut keeps its last lines. */
const failures = []
let beside = null
for (const step of steps) {
  if (step[0] === early && steps.length > 1) {
    beside = run(step, 'pipe')
    continue
  }
  if (isTests(step)) await settle()
  if (step[0] === 'temporal' && only.length === 0 && isLate()) {
    console.log('\n== temporal: skipped, because this machine is slow and its server takes minutes to build')
    continue
  }
  await run(step, 'inherit')
}
await settle()

for (const failure of failures) console.log(`\nFAILED ${failure}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Waits for the step that runs beside the others. */
async function settle() {
  await beside
  beside = null
}

async function run([name, command], output) {
  const startedAt = Date.now()
  rmSync(`test-results/${name}.json`, { force: true })
  const title = `\n== ${name}: ${command}`
  if (output === 'inherit') console.log(title)
  const said = []
  const status = await new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['inherit', output, output],
      env: {
        ...process.env,
        ...(name === 'temporal' && { TENANTRY_REQUIRE_TEMPORAL: '1' }),
        TURBO_TELEMETRY_DISABLED: '1',
        STORYBOOK_DISABLE_TELEMETRY: '1',
      },
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => said.push(text))
    child.on('close', resolve)
  })
  if (output === 'pipe') console.log(`${title}\n${Buffer.concat(said)}`)
  console.log(`== ${name}: ${status === 0 ? 'ok' : `FAILED (${status})`} after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  if (isTests([name, command])) countTests(name, status)
  else if (status === 0) passed += 1
  else fail(name)
}

function fail(what) {
  failed += 1
  failures.push(what)
}

function countTests(name, status) {
  const report = `test-results/${name}.json`
  if (!existsSync(report)) {
    fail(`${name}: no report`)
    return
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  passed += numPassedTests
  for (const file of testResults)
    for (const { status: end, fullName, failureMessages } of file.assertionResults)
      if (end === 'failed') fail(`${file.name}: ${fullName}\n${failureMessages.join('\n').slice(0, 1500)}`)
  // A file that does not load has no failed test; an error outside a test has neither.
  if (numFailedTests === 0 && (status !== 0 || numFailedTestSuites > 0))
    fail(`${name}: ${testResults.map((file) => file.message).find(Boolean) ?? 'an error outside a test'}`)
}
