import { isTenantryError, ProviderRefusal, TenantryError } from '../../../errors/index.ts'
import type { MailAudience } from '../../../model/mail-choices.ts'
import type { MailCall, MicrosoftCall, RelayMessage } from '../../../ports/index.ts'
import type { ProviderCall, VerbDoor } from '../../provider.ts'
import { audienceNamed, cloudFor, mailSignIn, openMailbox } from '../desk.ts'
import type { MailboxDesk } from '../desk.ts'
import { explainMail } from '../explain-mail.ts'

/** A message on its way out of one mailbox. */
export interface Sending {
  readonly desk: MailboxDesk
  readonly door: VerbDoor
  readonly call: ProviderCall
  readonly message: RelayMessage
  /** An earlier try was begun and nobody knows how it ended. */
  readonly inDoubt: boolean
  /** RFC 5322 bytes of the message, or of one that is like it. */
  compose(message?: RelayMessage): Promise<Uint8Array>
}

type Lost = (refusal: ProviderRefusal) => boolean

/** For what can be asked again without harm. */
export const neverLost: Lost = () => false

/** Nobody knows whether the server did what it was asked: no answer came, or one that does not say. */
export const unlessAnswered: Lost = ({ httpStatus, retryAfterMs }) => httpStatus === 0 || (httpStatus >= 500 && retryAfterMs === undefined)

type Asking = Pick<Sending, 'desk' | 'door' | 'call'>

/** Asks Graph, once more with another token where it refused the first. @throws our code; `send_outcome_unknown` for an answer that is lost */
export async function askGraph<T>(sending: Asking, isLost: Lost, work: (as: MicrosoftCall) => Promise<T>): Promise<T> {
  const { desk, call } = sending
  const cloud = await cloudFor(desk, call)
  return ask(sending, 'graph', isLost, (accessToken) => work({ accessToken, cloud }))
}

/** Signs in at a mail server, once more with another token where it refused the first. @throws our code; `send_outcome_unknown` for an answer that is lost */
export async function askMailServer<T>(
  sending: Asking,
  protocol: 'imap' | 'smtp',
  isLost: Lost,
  work: (as: MailCall) => Promise<T>,
): Promise<T> {
  const { desk, call } = sending
  const signIn = await mailSignIn(desk, call, protocol)
  let refusal: ProviderRefusal | null = null
  try {
    return await ask(sending, 'outlook', isLost, async (accessToken) => {
      try {
        return await work({ ...signIn, accessToken })
      } catch (error) {
        if (!(error instanceof ProviderRefusal) || !isSignIn(error) || refusal !== null) throw error
        refusal = error
        // A mail server does not say whether it is the token or the right that is missing.
        throw new TenantryError('token_rejected')
      }
    })
  } catch (error) {
    if (refusal === null || !isTenantryError(error) || error.code !== 'token_rejected') throw error
    throw explain(sending, isLost, refusal)
  }
}

function ask<T>(sending: Asking, audience: MailAudience, isLost: Lost, work: (accessToken: string) => Promise<T>): Promise<T> {
  const { desk, door, call } = sending
  const guarded = async (accessToken: string) => {
    try {
      return await work(accessToken)
    } catch (error) {
      throw error instanceof ProviderRefusal ? explain(sending, isLost, error) : error
    }
  }
  return door.ask(call, guarded, audienceNamed(openMailbox(desk, call).settings, audience))
}

function explain({ desk, call }: Asking, isLost: Lost, refusal: ProviderRefusal): TenantryError | ProviderRefusal {
  if (isLost(refusal)) return new TenantryError('send_outcome_unknown')
  const { httpStatus, retryAfterMs } = refusal
  const said = explainMail(desk, openMailbox(desk, call), refusal)
  if (isTenantryError(said) || retryAfterMs !== undefined || (httpStatus > 0 && httpStatus < 500)) return said
  // Nothing was sent, for certain, and a failure that says when to come back says so.
  const { code, values } = desk.vendor.classify(refusal).error
  return new TenantryError(code, { values, retryAfterMs: comeBackMs })
}

const comeBackMs = 30_000

const isSignIn = ({ reason }: ProviderRefusal): boolean => reason === 'auth_failed' || reason === '5.7.3'
