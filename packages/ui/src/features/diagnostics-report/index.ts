export { DiagnosticsReport } from './diagnostics-report.tsx'
export type { DiagnosticsReportProps } from './report-props.ts'
