import { NoAnswer } from './no-answer.ts'
import { parseJson } from './parse-json.ts'
import { readText } from './read-body.ts'

/**
 * The answer's JSON; `undefined` when there is no body.
 * @throws NoAnswer `not_json`, `answer_too_large`
 */
export async function readJson(response: Response, capBytes: number, signal: AbortSignal): Promise<unknown> {
  const text = await readText(response, capBytes, signal)
  if (text === '') return undefined
  if (!/^application\/json\b/i.test(response.headers.get('content-type') ?? '')) throw new NoAnswer('not_json', response.status)
  try {
    return parseJson(text)
  } catch {
    // The parser's message would quote the body.
    throw new NoAnswer('not_json', response.status)
  }
}
