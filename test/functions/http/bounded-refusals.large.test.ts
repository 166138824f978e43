import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { isCommand, type Route } from '../../../functions/http/contract.ts';
import { localeOf, requestOf } from '../../../functions/http/request.ts';
import { contracts } from '../../../functions/reference/contracts.ts';
import { Problem, problemBody } from '../../../functions/refusals/problem.ts';
import type { Locale } from '../../../functions/refusals/problem-types.ts';
import { testDistrict } from '../../support/district.ts';
import { type Ask, httpEvent } from '../../support/http-event.ts';

process.env.DISTRICT ??= testDistrict;

const routes = Object.values(contracts).flatMap((contract) => Object.values<Route>(contract));
const token = { sub: 'somebody', role: 'organiser' };
const largest = 256 * 1024;

interface Refusal {
  readonly bytes: number;
  readonly body: ReturnType<typeof problemBody>;
}

/** What the edge says to a request; undefined when it lets it pass. */
const refusalOf = (route: Route, change: Partial<Ask>): Refusal | undefined => {
  const [, path = ''] = route.key.split(' ');
  const params = Object.fromEntries(
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'x']),
  );
  const event = httpEvent({ route: route.key, params, token, ...change });
  try {
    requestOf(event, route);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const body = problemBody(error, localeOf(event), 'x'.repeat(64));
    return { bytes: Buffer.byteLength(JSON.stringify(body)), body };
  }
};

const fillTo = (bytes: number, part: (index: number) => string): string => {
  const parts: string[] = [];
  for (let size = 0; size < bytes; ) {
    const next = part(parts.length);
    parts.push(next);
    size += Buffer.byteLength(next) + 1;
  }
  parts.pop();
  return parts.join(',');
};

/** Keeps what was made: to make the bodies anew for each route takes longer than to refuse them. */
const kept = (make: (bytes: number) => string): ((bytes: number) => string) => {
  const made = new Map<number, string>();
  return (bytes) => {
    const body = made.get(bytes) ?? make(bytes);
    made.set(bytes, body);
    return body;
  };
};

/** Bodies of as many bytes as are taken, each of another shape. */
const makers: Readonly<Record<string, (bytes: number) => string>> = {
  'unknown names': (bytes) => `{${fillTo(bytes - 2, (n) => `"k${n}":1`)}}`,
  'long unknown names': (bytes) => `{${fillTo(bytes - 2, (n) => `"${'名'.repeat(1500)}${n}":1`)}}`,
  'one long name': (bytes) => `{"${'\\u0001'.repeat((bytes - 8) / 6)}":1}`,
  'unknown names in entries': (bytes) =>
    `{"entries":[${fillTo(bytes - 14, (n) => `{"k${n}":{"x":1}}`)}]}`,
  'names of a record': (bytes) => `{"outputs":{${fillTo(bytes - 14, (n) => `"k${n}":"x"`)}}}`,
  'empty entries': (bytes) => `{"entries":[${fillTo(bytes - 14, () => '{}')}]}`,
  'empty themes': (bytes) => `{"year":2025,"themes":[${fillTo(bytes - 30, () => '{}')}]}`,
  'deep objects': (bytes) => `${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}`,
  'deep lists': (bytes) => '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
  'never closed': (bytes) => '[{"a":'.repeat(bytes / 6),
  'a long text': (bytes) => `{"title":"${'8'.repeat(bytes - 12)}"}`,
  'a text that grows': (bytes) => `{"reason":"${'\ufdfa'.repeat((bytes - 13) / 3)}"}`,
  'a text of blanks and digits': (bytes) => `{"content":"${'1 '.repeat((bytes - 14) / 2)}"}`,
  'a text of list marks': (bytes) => `{"content":"${'1、'.repeat((bytes - 14) / 4)}"}`,
  'a text almost an address': (bytes) => `{"name":"${'a@'.repeat((bytes - 12) / 2)}"}`,
  backslashes: (bytes) => `{"name":"${'\\\\'.repeat((bytes - 12) / 2)}"}`,
  'a long number': (bytes) => `{"attendedMinutes":${'9'.repeat(bytes - 20)}}`,
  blanks: (bytes) => `${' '.repeat(bytes - 8)}{"x":1}`,
  'people with everything wrong': (bytes) =>
    `{"person":{"skills":[${fillTo(bytes - 30, (n) => `${n}`)}]}}`,
};
const bodies = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, kept(make)]));
const locales = ['zh-CN', 'en'] as const satisfies readonly Locale[];

const expectBounded = ({ bytes, body }: Refusal) => {
  expect(bytes).toBeLessThanOrEqual(64 * 1024);
  expect(body.errors?.length ?? 0).toBeLessThanOrEqual(20);
  expect(body.errorCount ?? 0).toBeGreaterThanOrEqual(body.errors?.length ?? 0);
};

describe.each(routes.map((route) => [route.key, route] as const))('%s', (_, route) => {
  test('refuses any body it does not take in few words', () => {
    if (!isCommand(route) || route.file) return;
    for (const [at, make] of Object.values(bodies).entries())
      for (const bytes of [largest / 16, largest]) {
        const headers = { 'accept-language': locales[at % 2] ?? 'en' };
        const refusal = refusalOf(route, {
          body: make(bytes),
          headers,
          params: validParams(route),
        });
        expect(refusal).toBeDefined();
        if (refusal) expectBounded(refusal);
      }
  });

  // The identity provider adds parameters of its own to those of OpenID Connect.
  const counts = route.key === 'GET /pages/callback' ? [51, 400, 2_000] : [1, 51, 400, 2_000];

  test('refuses any query it does not know in few words', () => {
    for (const count of counts) {
      const query = Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`${256 + n}`, 'x']),
      );
      const refusal = refusalOf(route, { query, params: validParams(route) });
      // The identity provider adds parameters of its own.
      if (route.key === 'GET /pages/callback' && count === 1) expect(refusal).toBeUndefined();
      else expect(refusal?.body).toMatchObject({ status: 400 });
      if (refusal) expectBounded(refusal);
    }
  });

  test('refuses long ids and values in few words', () => {
    const params = Object.fromEntries(
      Object.keys(validParams(route)).map((name) => [name, '九'.repeat(10_000)]),
    );
    const names = ['cursor', 'limit', 'metric', 'month', 'theme', 'reason', 'area'];
    for (const query of [{}, ...names.map((name) => ({ [name]: 'z'.repeat(10_000) }))]) {
      const refusal = refusalOf(route, { params, query });
      if (refusal) expectBounded(refusal);
    }
  });
});

/** Parameters of the form that a route's path takes. */
const validParams = (route: Route): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...route.key.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      (
        {
          month: '2025-10',
          year: '2025',
          purpose: 'publicity',
          readerId: 'clerk',
          number: '251018-48392071-11',
        } as Record<string, string>
      )[name] ??
        (route.key.includes('/areas/') ? 'hongqi' : '0198c0de-0000-7000-8000-0000000000c1'),
    ]),
  );

test('whatever JSON is sent, no route answers at length', () => {
  const commands = routes.filter((route) => isCommand(route) && !route.file);
  const anything = fc.jsonValue({ maxDepth: 8 });
  const named = fc.dictionary(
    fc.constantFrom('entries', 'themes', 'outputs', 'person', 'reason', 'title', 'risk', 'x'),
    anything,
  );
  fc.assert(
    fc.property(fc.constantFrom(...commands), fc.oneof(anything, named), (route, body) => {
      const refusal = refusalOf(route, {
        body: JSON.stringify(body),
        params: validParams(route),
      });
      if (refusal) expectBounded(refusal);
    }),
    { numRuns: 500 },
  );
});

test('a body of too many parts is not looked into', () => {
  const route = contracts.campaigns.planCampaign as Route;
  const look = jest.spyOn(route.body, 'safeParse');
  for (const body of ['empty themes', 'unknown names', 'deep lists', 'names of a record'])
    expect(refusalOf(route, { body: bodies[body]?.(largest) })).toBeDefined();
  expect(look).not.toHaveBeenCalled();
  expect(refusalOf(route, { body: {} })).toBeDefined();
  expect(look).toHaveBeenCalledTimes(1);
  look.mockRestore();
});

test('headers as long as the gateway lets them be', () => {
  const route = contracts.activities.listActivities as Route;
  for (const value of [
    'zh,'.repeat(3_000),
    'q='.repeat(5_000),
    ';'.repeat(10_000),
    'x'.repeat(10_000),
  ])
    for (const name of [
      'accept-language',
      'accept',
      'x-correlation-id',
      'if-match',
      'idempotency-key',
    ]) {
      const refusal = refusalOf(route, { headers: { [name]: value }, query: { x: '1' } });
      if (refusal) expectBounded(refusal);
      expect(refusal?.body.status).toBe(400);
    }
});

test('no text in Chinese has a run of Latin letters but names of fields', () => {
  const latin = (text: string) =>
    (text.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !fieldNames.has(word));
  const fieldNames = new Set(['plan', 'title', 'themes', 'volunteerId', 'activityId']);
  for (const route of routes)
    for (const body of [{}, { x: 1 }, ...Object.values(bodies).map((make) => make(4096))]) {
      const change =
        isCommand(route) && !route.file ? { body } : { query: { limit: 'x', areaId: 'X' } };
      const refusal = refusalOf(route, { ...change, params: validParams(route) });
      for (const { detail } of refusal?.body.errors ?? []) {
        expect(detail).toMatch(/\p{Script=Han}/u);
        expect(latin(detail)).toEqual([]);
      }
    }
});
