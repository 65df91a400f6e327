// `npm start`: builds what the helpdesk example needs, without type declarations, and runs it.
import { spawn, spawnSync } from 'node:child_process'

const env = { ...process.env, TENANTRY_BUILD_TYPES: 'off', TURBO_TELEMETRY_DISABLED: '1' }
const build = 'turbo run build --filter=@tenantry-examples/helpdesk... --output-logs=errors-only --log-prefix=none'
console.log('Building ...')
const { status, stdout, stderr } = spawnSync(build, { shell: true, env, encoding: 'utf8' })
if (status !== 0) {
  console.error(`${stdout}${stderr}`)
  process.exit(status ?? 1)
}

const server = spawn(process.execPath, ['src/server/main.ts'], { cwd: 'examples/helpdesk', stdio: 'inherit' })
// Ctrl+C reaches the server by itself; this process waits for it to end in order.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code) => process.exit(code ?? 0))
