// publint and attw over what would be published. Exceptions are written down here, with their reason.
import { spawnSync } from 'node:child_process'

const packages = ['sdk', 'server-adapters', 'sandbox', 'ui']
let failed = false
for (const name of packages) {
  // ESM only: CommonJS and the pre-exports resolution of Node 10 are not supported. Stylesheets carry no types.
  const attw = `attw --pack packages/${name} --profile esm-only --exclude-entrypoints styles.css --format table-flipped --quiet`
  for (const command of [`publint packages/${name} --strict`, attw]) {
    const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' })
    if (status !== 0) {
      failed = true
      console.log(`${command}\n${stdout}${stderr}`)
    }
  }
}
process.exit(failed ? 1 : 0)
