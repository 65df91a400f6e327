import { defineMessages } from '../../locales/message.ts'

export const diagnosticsReportMessages = defineMessages('diagnosticsReport', {
  title: 'Diagnostics',
  setup: 'Compares the saved {vendor} setup with what {vendor} has now. Nothing is changed.',
  connection: 'Checks this connection against what {vendor} says now. Nothing is changed.',
  run: 'Run checks',
  again: 'Run again',
  stale: 'Could not check again. Below is the last report.',
  copyBundle: 'Copy support bundle',
  bundleTitle: 'Support bundle',
  bundleLead:
    'Send this to whoever helps you. It holds no secrets, no sign-ins and no message content. Read it before you send it: what you see is what is copied.',
  addresses: 'Include addresses',
  addressesHelp: 'Without it the name in front of each @ is replaced; the domain stays.',
  preview: 'Content of the support bundle',
  bundleName: 'support bundle',
  copy: 'Copy',
  close: 'Close',
})
