import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { NewAnswer } from '../../server/tickets/answer-ticket.ts'
import type { ShownTicket } from '../../server/tickets/create-tickets-api.ts'
import { Failure } from '../failure.tsx'
import { useWords } from '../preferences.tsx'
import { post } from '../request.ts'

/** As many characters as fit in a request, whatever alphabet they are of. */
const longest = 5000

/** Answers by mail, from the mailbox that the ticket came to. */
export function AnswerForm({ ticket }: { ticket: ShownTicket }) {
  const t = useWords()
  const [text, setText] = useState('')
  const { mutate, isPending, isSuccess, error, variables } = useMutation({
    mutationFn: (draft: NewAnswer) => post('/api/tickets/answer', draft),
    onSuccess: () => setText(''),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const draft = text.trim()
    // A second attempt answers what the first did, whatever has come in since: it must not go out twice.
    mutate(error && variables.text === draft ? variables : beginDraft(ticket, draft))
  }
  return (
    <form className="form answer" onSubmit={send}>
      <label>
        {t.answerFrom(ticket.mailbox)}
        <textarea rows={5} required maxLength={longest} value={text} onChange={({ target }) => setText(target.value)} />
      </label>
      {error && <Failure error={error} />}
      <div className="form-foot">
        {/* Always there, so that it is announced when it says something. */}
        <output className="quiet">{isPending ? t.sending : isSuccess && text === '' && t.answerSent}</output>
        <button className="button primary" disabled={isPending || text.trim() === ''}>
          {t.sendAnswer}
        </button>
      </div>
    </form>
  )
}

function beginDraft({ id, messages }: ShownTicket, text: string): NewAnswer {
  return { ticketId: id, answers: messages.at(-1)?.id ?? id, text, idempotencyKey: crypto.randomUUID() }
}
