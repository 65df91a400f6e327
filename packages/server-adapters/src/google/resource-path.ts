import { path } from '../rest/path.ts'

const shape = /^projects\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/(topics|subscriptions)\/((?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254})$/

/**
 * The encoded path of a full Pub/Sub resource name. Source: cloud.google.com/pubsub/docs/pubsub-basics#resource_names.
 * @throws TypeError when it is not one; names are made by us, so that is a programming error
 */
export function resourcePath(kind: 'topics' | 'subscriptions', name: string): string {
  const [, project, collection, id] = shape.exec(name) ?? []
  if (project === undefined || id === undefined || collection !== kind) throw new TypeError(`Not the name of one of a project's ${kind}`)
  return path`/projects/${project}/${kind}/${id}`
}
