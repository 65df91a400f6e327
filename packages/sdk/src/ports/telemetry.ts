/** Spans and counters, shaped so that an OpenTelemetry tracer and meter fit behind it. */
export interface Telemetry {
  span<T>(name: string, attributes: Readonly<Record<string, string | number>>, work: () => Promise<T>): Promise<T>
  count(name: string, value: number, attributes?: Readonly<Record<string, string | number>>): void
}
