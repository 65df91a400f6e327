import { lazyPart } from '../../parts/lazy-part/lazy-part.ts'

// A connected mailbox shows none of these, unless its settings say so.
const load = () => import('./mailbox-choices.ts')

export const AdvancedTransports = lazyPart(async () => (await load()).AdvancedTransports)
export const AppField = lazyPart(async () => (await load()).AppField)
export const BeforeYouStart = lazyPart(async () => (await load()).BeforeYouStart)
export const RefuseOversize = lazyPart(async () => (await load()).RefuseOversize)
