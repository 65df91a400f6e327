import { createContext } from 'react'
import type { MessageSurface } from '../../locales/message.ts'

/** Words that a vendor has for failures in place of the common ones, by the same keys; `null`: none. */
export const OwnWordsContext = createContext<MessageSurface | null>(null)
