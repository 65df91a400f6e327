import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { createTemporalJobs } from '../temporal.ts'

// A process that says when its sweep has begun, and never ends it.
const [, , address = '', taskQueue = ''] = process.argv

Runtime.install({ logger: new DefaultLogger('ERROR') })
const client = new Client({ connection: await Connection.connect({ address }) })
const nativeConnection = await NativeConnection.connect({ address })
await createTemporalJobs({ client, nativeConnection, taskQueue, everySeconds: 1 }).start(() => {
  process.stdout.write('begun\n')
  return new Promise(() => undefined)
})
