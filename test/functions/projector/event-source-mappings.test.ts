import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** The part of Lambda's API that says how a mapping is. */
const states: Readonly<Record<string, string>> = {
  on: 'Enabled',
  changing: 'Updating',
  off: 'Disabled',
  ending: 'Disabling',
};
let server: Server;
let mappingsThatAreOff: () => Promise<readonly object[]>;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const [, uuid = ''] = /event-source-mappings\/(\w+)$/.exec(url) ?? [];
    const State = states[uuid];
    response.writeHead(State ? 200 : uuid === 'secret' ? 403 : 404, {
      'content-type': 'application/json',
      'x-amzn-errortype': uuid === 'secret' ? 'AccessDeniedException' : 'ResourceNotFoundException',
    });
    response.end(JSON.stringify(State ? { UUID: uuid, State } : { Message: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL_LAMBDA = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  ({ mappingsThatAreOff } = await import('../../../functions/projector/event-source-mappings.ts'));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('a mapping that is disabled or gone is off; others are not', async () => {
  process.env.MAPPINGS = 'on off changing ending gone';
  expect(await mappingsThatAreOff()).toEqual([
    { mapping: 'off', state: 'Disabled' },
    { mapping: 'ending', state: 'Disabling' },
    { mapping: 'gone', state: 'missing' },
  ]);
});

test('a night that may not look fails, and does not call all well', async () => {
  process.env.MAPPINGS = 'on secret';
  await expect(mappingsThatAreOff()).rejects.toThrow();
});
