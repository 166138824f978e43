// A host in a process of its own, so that a test can kill it. Arguments: assembly, data folder.
import { startHost } from '../../../infra/local/host.ts';

const [cdkOut = '', dataDir = ''] = process.argv.slice(2);
const host = await startHost({ cdkOut, dataDir, port: 0 });
console.log(JSON.stringify({ url: host.url, dynamodbEndpoint: host.dynamodbEndpoint }));
