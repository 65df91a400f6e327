export type TelemetryAttributes = Readonly<Record<string, string | number | boolean>>

/** Spans, counters and histograms, shaped so that an OpenTelemetry tracer and meter fit behind it. Attributes hold names, codes and counts; never secrets, addresses or text from outside. */
export interface Telemetry {
  /** Measures work. What it throws is recorded by its code and passed on. */
  span<T>(name: string, attributes: TelemetryAttributes, work: () => Promise<T>): Promise<T>
  count(name: string, value: number, attributes?: TelemetryAttributes): void
  /** One measurement of a distribution, in the unit that the name ends with. */
  record(name: string, value: number, attributes?: TelemetryAttributes): void
}
