export { createMicrosoftGateway } from './create-microsoft-gateway.ts'
export type { MicrosoftGatewayOptions } from './create-microsoft-gateway.ts'
export { microsoftEndpoints } from './endpoints.ts'
