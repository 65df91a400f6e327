import { expect, it } from 'vitest'
import { importsOf, listFiles, read } from './sources.ts'

// Which suite an adapter has to run, by the port that its factory returns.
const suites: Record<string, string> = {
  Store: 'describeStore',
  SecretsProvider: 'describeSecretsProvider',
  KeyProvider: 'describeKeyProvider',
  JobRunner: 'describeJobRunner',
  GoogleGateway: 'describeGoogleGateway',
  ImapConnections: 'describeImapTransport',
  SmtpTransport: 'describeSmtpTransport',
  RelayTransport: 'describeRelayTransport',
  MailComposer: 'describeMailComposer',
  MicrosoftGateway: 'describeMicrosoftGateway',
}

const factory = /export (?:async )?function (create\w+)\([^]*?\): (?:Promise<)?(\w+)/g

it('every adapter runs the conformance suite of its port', () => {
  const sources = listFiles('packages/server-adapters/src', /\.ts$/).filter((file) => !/\.test\.ts$|\/testing/.test(file))
  const tests = listFiles('packages/server-adapters/src', /\.test\.ts$/).map((file) => ({
    file,
    text: read(file),
    imports: importsOf(file),
  }))
  const adapters = sources.flatMap((file) =>
    [...read(file).matchAll(factory)].map(([, name = '', port = '']) => ({
      file,
      name,
      port: port.replace(/^(Postgres|InProcess|Local)/, ''),
    })),
  )
  const found = adapters.filter(({ port }) => suites[port] !== undefined)
  expect(found.map(({ port }) => port).toSorted()).toEqual(expect.arrayContaining(Object.keys(suites)))
  const untested = found.filter(
    ({ name, port }) => !tests.some(({ text }) => text.includes(suites[port] ?? '') && new RegExp(`${name}|Harness|harness`).test(text)),
  )
  expect(untested).toEqual([])
})
