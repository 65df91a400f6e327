// Suites: each proves an implementation of one port
export { describeStore } from './describe-store.ts'
export { describeSecretsProvider } from './describe-secrets-provider.ts'
export { describeKeyProvider } from './describe-key-provider.ts'
export { describeJobRunner } from './describe-job-runner.ts'
export { describeGoogleGateway } from './describe-google-gateway.ts'
// What a suite needs to know about the implementation
export { storeTables } from './store/harness.ts'
export type { StoreContractOptions, StoreHarness, StoreProbe, StoreTable } from './store/harness.ts'
export type { SecretsHarness } from './describe-secrets-provider.ts'
export type { KeyProviderHarness } from './describe-key-provider.ts'
export type { JobRunnerHarness } from './describe-job-runner.ts'
export type { GatewayFault, GoogleGatewayUnderTest, GoogleGatewayWorld } from './describe-google-gateway.ts'
export type { Skip } from './suite.ts'
