export { ConnectionList } from './connection-list.tsx'
export type { ConnectionListProps } from './connection-list-props.ts'
export type { ConnectionFilter, ConnectionSort } from './arrange-connections.ts'
export type { VendorId } from '../../locales/vendor.tsx'
