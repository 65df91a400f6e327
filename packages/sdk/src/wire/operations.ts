import type { ZodMiniType } from 'zod/mini'
import type { Action } from '../ports/authorize.ts'
import {
  choicesSchema,
  connectAnotherInputSchema,
  connectInputSchema,
  connectionListSchema,
  connectionSchema,
  connectResultSchema,
  diagnosisSchema,
  disconnectInputSchema,
  flowSchema,
  reconnectInputSchema,
  redriveResultSchema,
  testMessageResultSchema,
  removedSchema,
  updateInputSchema,
} from './connections.ts'
import {
  checkInputSchema,
  checkReportSchema,
  googleChangesSchema,
  googleSetupStatusSchema,
  resetInputSchema,
  resetResultSchema,
  setupScriptSchema,
  supportBundleInputSchema,
  supportBundleSchema,
  testNotificationSchema,
} from './google.ts'
import { microsoftChangesSchema, microsoftResetResultSchema, microsoftSetupScriptSchema, microsoftSetupStatusSchema } from './microsoft.ts'

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the base path; `:id` is a path parameter. */
  readonly path: string
  readonly action: Action
  readonly summary: string
  readonly query?: readonly string[]
  readonly input?: ZodMiniType
  readonly output: ZodMiniType
}

/** The HTTP contract: routes, OpenAPI document and client are all made from this table. */
export const operations = {
  'google.status': {
    method: 'GET',
    path: '/google',
    action: 'google.read',
    summary: 'What is set up and what is missing',
    output: googleSetupStatusSchema,
  },
  'google.save': {
    method: 'PATCH',
    path: '/google',
    action: 'google.save',
    summary: 'Change the Google app, all or nothing',
    input: googleChangesSchema,
    output: googleSetupStatusSchema,
  },
  'google.test': {
    method: 'POST',
    path: '/google/test',
    action: 'google.test',
    summary: 'Run the setup checks',
    input: checkInputSchema,
    output: checkReportSchema,
  },
  'google.reset': {
    method: 'POST',
    path: '/google/reset',
    action: 'google.reset',
    summary: 'Disconnect every Google connection',
    input: resetInputSchema,
    output: resetResultSchema,
  },
  'google.setupScript': {
    method: 'GET',
    path: '/google/setup-script',
    action: 'google.read',
    summary: 'Commands for Cloud Shell',
    output: setupScriptSchema,
  },
  'google.provision': {
    method: 'POST',
    path: '/google/provision',
    action: 'google.save',
    summary: 'Set up Gmail notifications now, or repair them',
    output: googleSetupStatusSchema,
  },
  'google.testNotification': {
    method: 'POST',
    path: '/google/test-notification',
    action: 'google.test',
    summary: 'Ask for a notification that proves the pipe',
    output: testNotificationSchema,
  },
  'google.supportBundle': {
    method: 'POST',
    path: '/google/support-bundle',
    action: 'google.test',
    summary: 'The setup checks as JSON for whoever helps, without secrets',
    input: supportBundleInputSchema,
    output: supportBundleSchema,
  },
  'microsoft.status': {
    method: 'GET',
    path: '/microsoft',
    action: 'microsoft.read',
    summary: 'What is set up and what is missing',
    output: microsoftSetupStatusSchema,
  },
  'microsoft.save': {
    method: 'PATCH',
    path: '/microsoft',
    action: 'microsoft.save',
    summary: 'Change the Entra app, all or nothing',
    input: microsoftChangesSchema,
    output: microsoftSetupStatusSchema,
  },
  'microsoft.test': {
    method: 'POST',
    path: '/microsoft/test',
    action: 'microsoft.test',
    summary: 'Run the setup checks',
    input: checkInputSchema,
    output: checkReportSchema,
  },
  'microsoft.reset': {
    method: 'POST',
    path: '/microsoft/reset',
    action: 'microsoft.reset',
    summary: 'Disconnect every Microsoft connection',
    input: resetInputSchema,
    output: microsoftResetResultSchema,
  },
  'microsoft.setupScript': {
    method: 'GET',
    path: '/microsoft/setup-script',
    action: 'microsoft.read',
    summary: 'Commands for Azure Cloud Shell',
    output: microsoftSetupScriptSchema,
  },
  'connections.list': {
    method: 'GET',
    path: '/connections',
    action: 'connection.read',
    summary: 'Connections the caller may see',
    query: ['provider'],
    output: connectionListSchema,
  },
  'connections.connect': {
    method: 'POST',
    path: '/connections',
    action: 'connection.connect',
    summary: 'Start a connection',
    input: connectInputSchema,
    output: connectResultSchema,
  },
  'connections.get': {
    method: 'GET',
    path: '/connections/:id',
    action: 'connection.read',
    summary: 'One connection',
    output: connectionSchema,
  },
  'connections.update': {
    method: 'PATCH',
    path: '/connections/:id',
    action: 'connection.update',
    summary: 'Rename, change settings, pause',
    input: updateInputSchema,
    output: connectionSchema,
  },
  'connections.remove': {
    method: 'DELETE',
    path: '/connections/:id',
    action: 'connection.remove',
    summary: 'Disconnect and forget',
    output: removedSchema,
  },
  'connections.reconnect': {
    method: 'POST',
    path: '/connections/:id/reconnect',
    action: 'connection.reconnect',
    summary: 'Sign in again',
    input: reconnectInputSchema,
    output: connectResultSchema,
  },
  'connections.disconnect': {
    method: 'POST',
    path: '/connections/:id/disconnect',
    action: 'connection.disconnect',
    summary: 'Stop and delete the sign-in',
    input: disconnectInputSchema,
    output: connectionSchema,
  },
  'connections.sync': {
    method: 'POST',
    path: '/connections/:id/sync',
    action: 'connection.sync',
    summary: 'Look for changes now',
    output: connectionSchema,
  },
  'connections.diagnose': {
    method: 'POST',
    path: '/connections/:id/diagnose',
    action: 'connection.diagnose',
    summary: 'Run the connection checks',
    input: checkInputSchema,
    output: diagnosisSchema,
  },
  'connections.choices': {
    method: 'GET',
    path: '/connections/:id/choices',
    action: 'connection.update',
    summary: 'What can be chosen in the account: labels, calendars',
    output: choicesSchema,
  },
  'connections.connectAnother': {
    method: 'POST',
    path: '/connections/:id/connect-another',
    action: 'connection.connect',
    summary: 'Another connection on the same sign-in, for example a second calendar',
    input: connectAnotherInputSchema,
    output: connectionSchema,
  },
  'connections.repair': {
    method: 'POST',
    path: '/connections/:id/repair',
    action: 'connection.sync',
    summary: 'Open the push pipe anew',
    output: connectionSchema,
  },
  'connections.redrive': {
    method: 'POST',
    path: '/connections/:id/redrive',
    action: 'connection.sync',
    summary: 'Try again what was set aside',
    output: redriveResultSchema,
  },
  'connections.testMessage': {
    method: 'POST',
    path: '/connections/:id/test-message',
    action: 'connection.use',
    summary: 'Send a message to whoever signed in',
    output: testMessageResultSchema,
  },
  'connections.supportBundle': {
    method: 'POST',
    path: '/connections/:id/support-bundle',
    action: 'connection.diagnose',
    summary: 'The connection checks as JSON for whoever helps, without secrets',
    input: supportBundleInputSchema,
    output: supportBundleSchema,
  },
  'flows.get': { method: 'GET', path: '/flows/:id', action: 'connection.connect', summary: 'How a sign-in ended', output: flowSchema },
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof operations
