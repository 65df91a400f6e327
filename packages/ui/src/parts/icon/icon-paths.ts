import { statusIconPaths } from './status-icon-paths.ts'

/** Every icon: stroked paths in a 16 x 16 box. */
export const iconPaths = {
  ...statusIconPaths,
  calendar:
    'M4 3h8a1.5 1.5 0 0 1 1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V4.5A1.5 1.5 0 0 1 4 3ZM2.5 6.5h11M5.5 1.8v2.4M10.5 1.8v2.4',
  check: 'm3.5 8.5 3 3 6-7',
  chevron: 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M6.5 5.5h6v8h-6zM9.5 5.5v-3h-6v8h3',
  external: 'M6 3H3v10h10v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5',
  info: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM8 7.3V11M8 5v.1',
  key: 'M10.5 2.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM8.4 7.6 2.5 13.5M4.5 11.5l1.5 1.5',
  mail: 'M3.5 3.5h9A1.5 1.5 0 0 1 14 5v6a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11V5a1.5 1.5 0 0 1 1.5-1.5ZM2.5 5 8 9l5.5-4',
  minus: 'M4 8h8',
  more: 'M3 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M7.5 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M12 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 9h6l.5-9',
  upload: 'M8 10.5V3M5 5.8 8 2.8l3 3M2.5 10.5v3h11v-3',
} as const

/** Names a host can replace through the provider's `icons`. */
export type IconName = keyof typeof iconPaths
