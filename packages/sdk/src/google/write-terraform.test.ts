import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorld } from '../../../../test/journeys/create-world.ts'
import { setUpGoogle, testPrincipal as principal } from '../testing/index.ts'
import { googlePushNames } from '../vendors/google/names.ts'
import { writeTerraform } from './write-terraform.ts'

const names = googlePushNames({ projectId: 'acme-mail-1', environment: 'test', pushUrl: 'https://app.example.com', key: 'A'.repeat(32) })
const input = {
  projectId: 'acme-mail-1',
  names,
  pushAccount: 'tenantry-push@acme-mail-1.iam.gserviceaccount.com',
  services: ['gmail'] as const,
}

/** The quoted strings of a configuration, read as Terraform reads them; throws where a quote is left open. */
function stringsOf(configuration: string): string[] {
  return configuration
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => {
      const found = line.match(/"(?:[^"\\]|\\.)*"/g) ?? []
      expect(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('"')
      return found.map((text) => (JSON.parse(text) as string).replaceAll('$${', '${').replaceAll('%%{', '%{'))
    })
}

describe('the Terraform configuration', () => {
  it('names what the tenant’s own script names, and nothing expires', async () => {
    const world = createWorld()
    const { projectId } = await setUpGoogle(world)
    const { script, terraform } = await world.sdk.google.setupScript({ principal })
    const endpoint = await world.store.pushEndpoints.get('acme', 'google')
    const own = googlePushNames({ projectId, environment: 'test', pushUrl: 'https://app.example.com', key: endpoint?.key ?? '' })
    const strings = stringsOf(terraform)
    for (const value of [projectId, own.endpoint, own.topic.split('/').at(-1) ?? '', own.subscription.split('/').at(-1) ?? '']) {
      expect(script).toContain(`'${value}'`)
      expect(strings).toContain(value)
    }
    expect(strings).toContain('serviceAccount:gmail-api-push@system.gserviceaccount.com')
    expect(terraform).toMatch(/expiration_policy \{\n\s+ttl = ""/)
    expect(terraform).toContain('account_id   = "tenantry-push"')
  })

  it('makes no account that belongs to another project', () => {
    const terraform = writeTerraform({ ...input, pushAccount: 'push@other-project.iam.gserviceaccount.com' })
    expect(terraform).not.toContain('google_service_account')
    expect(stringsOf(terraform)).toContain('push@other-project.iam.gserviceaccount.com')
  })

  it('quotes whatever is in a value', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '$', '%', '{', '}', '\n', 'a', 'é', '#') }), (odd) => {
        const strings = stringsOf(writeTerraform({ ...input, names: { ...names, endpoint: odd, audience: odd } }))
        expect(strings.filter((text) => text === odd).length).toBeGreaterThanOrEqual(2)
      }),
      { examples: [['$${'], ['${'], ['%%{']] },
    )
  })
})
