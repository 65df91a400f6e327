import { googleScopes } from '@tenantry/sdk/model'
import type { permissionMessages } from './permission.messages.ts'

type Permission = keyof (typeof permissionMessages)['messages']

const permissions = ['gmail', 'calendar', 'identity'] as const satisfies readonly Permission[]

/** Scopes, separated by commas, as the permissions a person knows; an unknown scope stays as it is. */
export function nameScopes(scopes: string, say: (permission: Permission) => string): string {
  const names = scopes.split(', ').map((scope) => {
    const permission = permissions.find((candidate) => googleScopes[candidate].some((known) => known === scope))
    return permission === undefined ? scope : say(permission)
  })
  return [...new Set(names)].join(', ')
}
