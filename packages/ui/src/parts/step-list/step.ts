import type { ReactNode } from 'react'

/** `done`: a person says so. `verified`: it was checked. */
export type StepState = 'todo' | 'active' | 'done' | 'verified' | 'attention' | 'error' | 'locked'

export interface Step<Id extends string = string> {
  id: Id
  title: ReactNode
  state: StepState
  /** What was chosen, shown at the end of the closed row. */
  summary?: ReactNode
  content: ReactNode
}
