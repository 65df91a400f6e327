import { lazy } from 'react'

// A connected mailbox shows none of these, unless its settings say so.
const load = () => import('./mailbox-choices.ts')

export const AdvancedTransports = lazy(async () => ({ default: (await load()).AdvancedTransports }))
export const AppField = lazy(async () => ({ default: (await load()).AppField }))
export const BeforeYouStart = lazy(async () => ({ default: (await load()).BeforeYouStart }))
