/** Icons that stand for a state; kept apart so that a badge carries only these. Stroked paths in a 16 x 16 box. */
export const statusIconPaths = {
  alert: 'M8 2.5 14 13H2L8 2.5ZM8 6.5v3M8 11.2v.1',
  'check-circle': 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM5.5 8.2l1.8 1.8 3.4-3.8',
  pause: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM6.5 6v4M9.5 6v4',
  plug: 'M5.5 2.5v3M10.5 2.5v3M4 5.5h8V8a4 4 0 0 1-8 0ZM8 12v2',
  question: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM6.4 6.4A1.7 1.7 0 1 1 8 8.5v.7M8 11.3v.1',
  ring: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z',
  'ring-dashed': 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z',
  spinner: 'M8 2.5A5.5 5.5 0 1 1 2.5 8',
  'x-octagon': 'M5.6 2h4.8L14 5.6v4.8L10.4 14H5.6L2 10.4V5.6L5.6 2ZM6.2 6.2l3.6 3.6M9.8 6.2 6.2 9.8',
} as const

export type StatusIconName = keyof typeof statusIconPaths
