import type { Translation } from '../../locales/message.ts'
import type { skeletonMessages } from './skeleton.messages.ts'

export const skeletonMessagesDe: Translation<typeof skeletonMessages> = { loading: 'Wird geladen' }
