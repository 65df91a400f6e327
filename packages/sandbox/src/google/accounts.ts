import { createMailbox } from '../gmail/mailbox.ts'
import { checkAccount, checkAuthorization, isProblem } from '../oauth/check-authorization.ts'
import { denyConsent, grantConsent } from '../oauth/grant-consent.ts'
import { killMailTokens, revokeGrant } from '../oauth/tokens.ts'
import type { AccountState } from '../state/account-state.ts'
import { newNumber } from '../state/new-id.ts'
import type { World } from '../state/world.ts'
import { createCalendarState, seedEvents } from './calendars.ts'
import { findAccount } from './find.ts'
import type { ConsentAnswer, GoogleWorld } from './google-world.ts'

type AccountVerbs = Pick<
  GoogleWorld,
  'createAccount' | 'changePassword' | 'grantConsent' | 'denyConsent' | 'revokeGrant' | 'setRotation' | 'expireAccessTokens'
>

/** People: their accounts, and what they let apps do. */
export function createAccountVerbs(world: World): AccountVerbs {
  return {
    createAccount: ({ seed = true, mail = true, historyId = newNumber(6), password = null, ...options }) => {
      const address = options.address.toLowerCase()
      if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw new Error(`${options.address} is not an address`)
      if (world.state.accounts.some((account) => account.address === address))
        throw new Error(`The sandbox already has an account ${address}`)
      const name = options.name ?? address.split('@')[0] ?? address
      const primary = createCalendarState({ id: address, summary: address, primary: true })
      const account: AccountState = {
        address,
        name,
        subject: newNumber(21),
        password,
        mailbox: createMailbox(mail, historyId),
        calendars: [primary],
        shared: [],
      }
      world.state.accounts.push(account)
      if (seed) seedEvents(world, account, primary)
      return { address, name }
    },
    changePassword: (address, password) => {
      const account = findAccount(world, address)
      account.password = password
      killMailTokens(world, account.address)
    },
    grantConsent: (answer) => {
      const { request, account } = readAnswer(world, answer)
      return grantConsent(world, request, account, answer.scopes ?? request.scopes)
    },
    denyConsent: (answer) => ({ redirectTo: denyConsent(readAnswer(world, answer).request) }),
    revokeGrant: (address, clientId) => revokeGrant(world, findAccount(world, address).address, clientId),
    setRotation: (rotation) => {
      world.state.rotation = rotation
    },
    expireAccessTokens: (address) => {
      const account = findAccount(world, address)
      world.state.accessTokens = world.state.accessTokens.filter(
        ({ holder }) => holder.kind !== 'client' || holder.address !== account.address,
      )
    },
  }
}

function readAnswer(world: World, answer: ConsentAnswer) {
  const request = checkAuthorization(world, queryOf(answer))
  if (isProblem(request)) throw new Error(`Error ${request.code}: ${request.error}: ${request.message}`)
  const account = findAccount(world, answer.address)
  const problem = checkAccount(request, account)
  if (problem) throw new Error(`Error ${problem.code}: ${problem.error}: ${problem.message}`)
  return { request, account }
}

function queryOf(answer: ConsentAnswer): URLSearchParams {
  if ('authorizationUrl' in answer) return new URL(answer.authorizationUrl).searchParams
  const fields = {
    client_id: answer.clientId,
    redirect_uri: answer.redirectUri,
    response_type: 'code',
    scope: (answer.requestedScopes ?? answer.scopes ?? []).join(' '),
    state: answer.state,
    code_challenge: answer.codeChallenge,
    code_challenge_method: answer.codeChallenge === undefined ? undefined : (answer.codeChallengeMethod ?? 'S256'),
    nonce: answer.nonce,
    access_type: answer.accessType ?? 'offline',
    prompt: answer.prompt ?? 'consent',
  }
  return new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
