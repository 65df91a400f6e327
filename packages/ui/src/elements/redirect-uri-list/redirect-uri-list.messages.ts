import { defineMessages } from '../../locales/message.ts'

export const redirectUriListMessages = defineMessages('redirectUriList', {
  gmail: 'Gmail',
  calendar: 'Calendar',
  nameOf: '{service} redirect URI',
  all: 'All redirect URIs',
  notHttps: 'Google only accepts https addresses. Ask your administrator to set {app}’s public URL.',
})
