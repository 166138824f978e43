import { startHost } from '../../infra/local/host.ts';

// A host in a process of its own, for a test that kills it. It prints its address, tokens for the
// claims it is given, and goes on until it is killed.
const [cdkOut = '', dataDir = '', claims = '[]'] = process.argv.slice(2);
const host = await startHost({ cdkOut, dataDir, port: 0, chaos: true });
const tokens = await Promise.all(
  (JSON.parse(claims) as Record<string, string>[]).map((each) => host.mintToken(each)),
);
console.log(JSON.stringify({ url: host.url, endpoint: host.dynamodbEndpoint, tokens }));
