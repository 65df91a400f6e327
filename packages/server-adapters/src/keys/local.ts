export { createLocalKeys } from './local-keyring.ts'
export type { LocalKeysOptions } from './local-keyring.ts'
export { createLocalKeysFromFile } from './local-key-file.ts'
