import { TenantryError } from '../../errors/index.ts'
import { cleanPaste } from '../../model/clean-paste.ts'

const shape = /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/i
const path = /^projects\/([^/]+)\/topics\/([^/]+)$/

/**
 * The short name of a topic, from itself or from its full path in the tenant's own project; `null` for nothing, which means ours.
 * Source: cloud.google.com/pubsub/docs/pubsub-basics#resource_names.
 * @throws `topic_invalid`, `pubsub_project_mismatch`
 */
export function parseTopicName(input: string, projectId: string | undefined, field = 'topicName'): string | null {
  const text = cleanPaste(input)
  if (text === '') return null
  const [, project, name = text] = path.exec(text) ?? []
  if (!shape.test(name)) throw new TenantryError('topic_invalid', { field })
  if (project !== undefined && project !== projectId)
    throw new TenantryError('pubsub_project_mismatch', { field, values: { expected: projectId ?? '', actual: project } })
  return name
}
