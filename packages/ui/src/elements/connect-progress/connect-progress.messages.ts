import { defineMessages } from '../../locales/message.ts'

export const connectProgressMessages = defineMessages('connectProgress', {
  opening: 'Opening {vendor}…',
  waiting: 'Finish in the {vendor} window. This page updates by itself.',
  returning: 'Finishing the sign-in…',
  show: 'Show the window',
  cancel: 'Cancel',
  blocked: 'Your browser blocked the {vendor} window.',
  blockedHelp: 'Allow windows for this page and try again, or continue without one.',
  continueHere: 'Continue in this tab',
  tryAgain: 'Try again',
  gone: 'The {vendor} window closed before we heard back.',
  goneHelp: 'If you finished in {vendor}, wait a moment: this page still updates by itself.',
  inApp: '{vendor} does not allow sign-in inside in-app browsers.',
  inAppHelp: 'Open this page in your browser.',
  pageLink: 'link to this page',
  copyLink: 'Copy link',
})
