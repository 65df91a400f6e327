import { addClockToolbar } from './clock-toolbar.tsx'

addClockToolbar()
