import type { Migration } from './migration.ts'
import { createConnectionTables } from './0001-connections.ts'
import { createWorkTables } from './0002-work.ts'
import { createSafetyTables } from './0003-safety.ts'
import { addFetching } from './0004-fetching.ts'
import { addItems } from './0005-items.ts'
import { addUpkeep } from './0006-upkeep.ts'
import { addGoodbyes } from './0007-goodbyes.ts'
import { addBudgets } from './0008-budgets.ts'
import { addAttempts } from './0009-attempts.ts'
import { addFlowSettings } from './0010-flow-settings.ts'
import { addStatuses } from './0011-statuses.ts'
import { addKeyRotation } from './0012-key-rotation.ts'

/** In the order in which they are applied. */
export const migrations: readonly Migration[] = [
  createConnectionTables,
  createWorkTables,
  createSafetyTables,
  addFetching,
  addItems,
  addUpkeep,
  addGoodbyes,
  addBudgets,
  addAttempts,
  addFlowSettings,
  addStatuses,
  addKeyRotation,
]
