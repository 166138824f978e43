import { startHost } from '../../infra/local/host.ts';

// A host in a process of its own, for a test that kills it. It prints its address, and runs until it is
// killed.
const [cdkOut = '', dataDir = ''] = process.argv.slice(2);
const host = await startHost({ cdkOut, dataDir, port: 0, chaos: true });
console.log(JSON.stringify({ url: host.url, endpoint: host.dynamodbEndpoint }));
