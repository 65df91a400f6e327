/** The platform's fetch, narrowed to what we use: one Request in, one Response out. */
export type Fetch = (request: Request) => Promise<Response>
