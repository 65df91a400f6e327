/** The connection broke: what `fetch` rejects with. The Node server destroys the socket instead. */
export class ConnectionReset extends TypeError {
  constructor() {
    super('fetch failed', { cause: new Error('read ECONNRESET') })
  }
}
