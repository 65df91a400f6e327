const provisioning = [
  'pubsub.topics.create',
  'pubsub.topics.get',
  'pubsub.topics.getIamPolicy',
  'pubsub.topics.setIamPolicy',
  'pubsub.topics.attachSubscription',
  'pubsub.subscriptions.create',
  'pubsub.subscriptions.get',
  'pubsub.subscriptions.update',
] as const

/**
 * The permissions that the tenant's service account needs in the project, by what it is used for; a custom role with exactly these will do.
 * Source: cloud.google.com/pubsub/docs/access-control#permissions_and_roles.
 */
export const leastPrivilege = {
  /** Google posts here. `actAs` is needed on the account itself, because it signs the pushes. */
  push: [...provisioning, 'iam.serviceAccounts.actAs'],
  /** We fetch. */
  pull: [...provisioning, 'pubsub.subscriptions.consume'],
  /** In addition, with dead letters. */
  deadLetter: ['pubsub.subscriptions.getIamPolicy', 'pubsub.subscriptions.setIamPolicy'],
  /** In addition, so that a reset can delete what was created. */
  reset: ['pubsub.topics.delete', 'pubsub.subscriptions.delete'],
} as const

/** Longest first, because some names begin with others. */
export const knownPermissions: readonly string[] = [
  ...new Set<string>([...leastPrivilege.push, ...leastPrivilege.pull, ...leastPrivilege.deadLetter, ...leastPrivilege.reset]),
].toSorted((left, right) => right.length - left.length)

/**
 * The permission that a call to Pub/Sub needs, for answers that only say "not authorized". Creating a subscription needs two, so it is not told.
 * Source: cloud.google.com/pubsub/docs/access-control#required_permissions.
 */
export function permissionOf(operation: string): string | undefined {
  if (operation === 'pubsub.subscriptions.create') return undefined
  const name = operation.replace(/\.(patch|modifyPushConfig)$/, '.update').replace(/\.(pull|acknowledge)$/, '.consume')
  return knownPermissions.find((permission) => permission === name)
}
