import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Blueprint, RouteSpec } from '../../../../infra/local/assembly/blueprint.ts';
import { createGateway } from '../../../../infra/local/edge/gateway.ts';
import { createThrottle } from '../../../../infra/local/edge/throttle.ts';

const limited = (rate: number, burst: number, key = 'GET /figures') => ({
  key,
  throttling: { rate, burst },
});

test('a route takes its burst at once, and then as many a second as its rate', () => {
  let now = 0;
  const takes = createThrottle(() => now);
  const route = limited(2, 3);
  const taken = (requests: number) =>
    Array.from({ length: requests }, () => takes(route)).filter(Boolean).length;
  expect(taken(10)).toBe(3);
  now = 499;
  expect(taken(10)).toBe(0);
  now = 500;
  expect(taken(10)).toBe(1);
  now = 1_000_000;
  expect(taken(10)).toBe(3);
  // A clock that is set back neither fills a bucket nor stops it for long.
  now = 0;
  expect(taken(10)).toBe(0);
  now = 1000;
  expect(taken(10)).toBe(2);
});

test('no route takes from another, and one without limit takes all', () => {
  const takes = createThrottle(() => 0);
  expect(takes(limited(1, 1))).toBe(true);
  expect(takes(limited(1, 1))).toBe(false);
  expect(takes(limited(1, 1, 'GET /others'))).toBe(true);
  for (let request = 0; request < 100; request += 1)
    expect(takes({ key: 'POST /free', throttling: undefined })).toBe(true);
});

test('in no span of time does a route take more than its burst and what its rate allows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
      (rate, burst, gaps) => {
        let now = 0;
        const takes = createThrottle(() => now);
        const taken: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (takes(limited(rate, burst))) taken.push(now);
        }
        for (const [from, start] of taken.entries())
          for (const [to, end] of taken.entries())
            if (to >= from)
              expect(to - from + 1).toBeLessThanOrEqual(
                burst + ((end - start) / 1000) * rate + 1e-6,
              );
      },
    ),
  );
});

test('what is too much is answered as API Gateway does, before a function is called', async () => {
  const routes = [
    { ...limited(1, 2), functionName: 'f', authorizer: undefined, scopes: [] },
  ] satisfies readonly RouteSpec[];
  let calls = 0;
  const gateway = createGateway(
    { routes, cors: undefined, apiId: 'api', account: '000000000000' } as unknown as Blueprint,
    async () => {
      calls += 1;
      return { statusCode: 200, body: 'taken' };
    },
    () => undefined,
    { now: () => 0 },
  );
  const server = createServer((request, response) => void gateway(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const answers = [];
    for (let request = 0; request < 3; request += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/figures`);
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers).toEqual([
      [200, 'taken'],
      [200, 'taken'],
      [429, '{"message":"Too Many Requests"}'],
    ]);
    expect(calls).toBe(2);
  } finally {
    server.close();
  }
});
