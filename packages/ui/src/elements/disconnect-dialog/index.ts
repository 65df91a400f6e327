export { DisconnectDialog } from './disconnect-dialog.tsx'
export type { DisconnectDialogProps } from './disconnect-dialog.tsx'
