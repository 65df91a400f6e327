import { useWords } from './preferences.tsx'
import { RequestError } from './request.ts'
import { useFailureWords } from './use-failure-words.ts'

/** Why something was refused, in the same words as Tenantry's own components have for it. */
export function Failure({ error }: { error: Error }) {
  const t = useWords()
  const wordsOf = useFailureWords()
  const words = error instanceof RequestError ? wordsOf(error.code, error.values) : null
  if (words === null) {
    return (
      <p role="alert" className="failure">
        {t.failed}
      </p>
    )
  }
  return (
    <div role="alert" className="failure">
      <strong>{words.title}</strong>
      <p>
        {words.detail} {words.remedy}
      </p>
    </div>
  )
}
