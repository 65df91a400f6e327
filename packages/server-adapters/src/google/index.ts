export { createGoogleGateway } from './create-google-gateway.ts'
export type { GoogleGatewayOptions } from './create-google-gateway.ts'
export { googleEndpoints } from './endpoints.ts'
