// npm start: synthesises the app for the district "local" and serves it until Ctrl-C.
// PORT (7080), DATA_DIR (.leifeng/data), DYNAMODB_ENDPOINT (none: starts one), CHAOS (1: allowed).
import { resolve } from 'node:path';
import { startHost } from './host.ts';
import { synthesise } from './synthesise.ts';

process.env.TZ = 'UTC'; // as on Lambda, whose functions must not depend on this machine's zone

const root = resolve(import.meta.dirname, '../..');
const { PORT = '7080', DATA_DIR = '.leifeng/data', DYNAMODB_ENDPOINT, CHAOS } = process.env;

try {
  const cdkOut = resolve(root, '.leifeng/cdk.out');
  const issuer = `http://127.0.0.1:${PORT}/oidc`;
  await synthesise(root, cdkOut, { district: 'local', issuer });
  const host = await startHost({
    cdkOut,
    dataDir: resolve(root, DATA_DIR),
    port: Number(PORT),
    dynamodbEndpoint: DYNAMODB_ENDPOINT,
    chaos: CHAOS === '1',
  });
  console.log(`leifeng is ready: ${host.url}  (Ctrl-C stops it; its data are in ${DATA_DIR})`);
  const stop = async (): Promise<void> => {
    console.log('Stopping…');
    await host.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
