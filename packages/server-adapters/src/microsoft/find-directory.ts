import { ProviderRefusal } from '@tenantry/sdk/errors'
import { readGuid } from '@tenantry/sdk/model'
import type { MicrosoftGateway } from '@tenantry/sdk/ports'
import { path } from '../rest/path.ts'
import { configuration } from './answers.ts'
import { refuse } from './graph-wire.ts'
import type { GraphWire } from './graph-wire.ts'

const operation = 'entra.configuration'

/** Whose a domain is, as Entra tells everybody. Source: learn.microsoft.com/entra/identity-platform/v2-protocols-oidc. */
export function createFindDirectory({ request, endpoints }: GraphWire): Pick<MicrosoftGateway, 'findDirectory'> {
  return {
    async findDirectory(cloud, domain) {
      const url = endpoints[cloud].login + path`/${domain}/v2.0/.well-known/openid-configuration`
      try {
        const { issuer } = await request({ operation, method: 'GET', url }, configuration)
        const directory = readGuid(/^https:\/\/[^/]+\/([^/]+)\/v2\.0$/.exec(issuer)?.[1] ?? '')
        if (directory === null) throw refuse(operation, 200, 'unexpected_answer')
        return directory
      } catch (error) {
        // AADSTS90002: there is no such directory.
        if (error instanceof ProviderRefusal && error.httpStatus === 400) return null
        throw error
      }
    },
  }
}
