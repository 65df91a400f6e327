import { addClockToolbar } from './clock-toolbar.ts'

addClockToolbar()
