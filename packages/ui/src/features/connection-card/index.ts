export { ConnectionCard } from './connection-card.tsx'
export type { ConnectionCardProps } from './connection-card-props.ts'
export type { ConnectionActionId } from '../../elements/connection-card/index.ts'
export type { VendorId } from '../../locales/vendor.tsx'
