import { defineMessages } from '../../locales/message.ts'

export const skeletonMessages = defineMessages('skeleton', { loading: 'Loading' })
