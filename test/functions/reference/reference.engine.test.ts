import '../../support/tables.ts';

import { describe, expect, test } from '@jest/globals';
import { eventTypes, readEvent, sourceOf } from '../../../events/catalogue.ts';
import { isCommand, type Route } from '../../../functions/http/contract.ts';
import { handler } from '../../../functions/reference/api.ts';
import { asyncApi } from '../../../functions/reference/asyncapi.ts';
import { contracts } from '../../../functions/reference/contracts.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { problemTypes } from '../../../functions/refusals/problem-types.ts';
import { ask } from '../../support/http-event.ts';

// biome-ignore lint/suspicious/noExplicitAny: these are read as a client reads them
type Json = any;
const asJson = (document: object): Json => JSON.parse(JSON.stringify(document));

/** Every value of every `$ref` in a document. */
const refsIn = (value: Json): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
      );
const resolve = (root: Json, ref: string): Json =>
  ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, part) => at?.[part], root);

const routes = Object.values(contracts).flatMap((contract) => Object.values<Route>(contract));

describe('OpenAPI', () => {
  const document = asJson(openApi());
  const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]): [string, Json] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
  const byKey = new Map(operations);

  test('has every route of the contracts, and no other', () => {
    expect(operations.map(([key]) => key).sort()).toEqual(routes.map(({ key }) => key).sort());
    expect(document.openapi).toBe('3.1.0');
  });

  test('no two contracts have one route', () => {
    expect(new Set(routes.map(({ key }) => key)).size).toBe(routes.length);
  });

  test('every operation has an id of its own', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every $ref leads somewhere', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) expect([ref, resolve(document, ref)]).toEqual([ref, expect.anything()]);
  });

  test.each(routes.map((route) => [route.key, route] as const))('%s', (key, route) => {
    const { security, parameters = [], requestBody, responses } = byKey.get(key);
    const schemes = { public: [], token: [{ bearer: [] }], signed: [{ signature: [] }] };
    expect(security).toEqual(schemes[route.access]);
    // The gateway itself refuses a missing token; a public route may ask for one in some cases.
    const isToken = route.access === 'token';
    const asks = route.problems.some((code) => problemTypes[code].status === 401);
    expect(Object.hasOwn(responses, '401')).toBe(isToken || asks);
    expect(Object.hasOwn(responses['401']?.content ?? {}, 'application/json')).toBe(isToken);
    expect(requestBody !== undefined).toBe(isCommand(route));
    const inPath = parameters.filter((parameter: Json) => parameter.in === 'path');
    expect(inPath.map(({ name }: Json) => `{${name}}`)).toEqual(key.match(/\{\w+\}/g) ?? []);
    for (const parameter of inPath) expect(parameter.required).toBe(true);
    const idempotency = parameters.find(({ name }: Json) => name === 'Idempotency-Key');
    // A signed message has an id of its own.
    const needsKey = key.startsWith('POST ') && route.access !== 'signed';
    expect(idempotency?.required).toBe(needsKey ? true : undefined);
    for (const code of route.problems) {
      const response = responses[String(problemTypes[code].status)];
      expect(response.description).toContain(`\`${code}\``);
      expect(response.content).toHaveProperty(['application/problem+json']);
    }
  });

  test('what a client works with has a name, and a page of them names it', () => {
    const names = [
      'Activity',
      'Area',
      'Campaign',
      'CloudEvent',
      'Dashboard',
      'Delivery',
      'HoursLine',
    ];
    const more = [
      'Organisation',
      'Problem',
      'Sheet',
      'SheetChange',
      'Team',
      'Volunteer',
      'Webhook',
    ];
    for (const name of [...names, ...more])
      expect(document.components.schemas[name]).toMatchObject({ description: expect.anything() });
    const answerOf = (key: string): Json =>
      byKey.get(key).responses['200'].content['application/json'].schema;
    expect(answerOf('GET /activities/{id}').$ref).toBe('#/components/schemas/Activity');
    expect(answerOf('GET /activities').properties.items.items.$ref).toBe(
      '#/components/schemas/Activity',
    );
    expect(document.components.schemas.Problem.properties.type.enum).toHaveLength(
      Object.keys(problemTypes).length,
    );
  });

  test('an answer may have fields that a later version adds', () => {
    const closed = operations.filter(([, { responses }]) =>
      JSON.stringify(responses).includes('"additionalProperties":false'),
    );
    expect(closed.map(([key]) => key)).toEqual([]);
    for (const [name, schema] of Object.entries<Json>(document.components.schemas))
      expect([name, schema.additionalProperties]).not.toEqual([name, false]);
  });

  test('a request body takes no unknown fields', () => {
    const { schema } = byKey.get('POST /activities/{id}/sheets/{date}/entries').requestBody.content[
      'application/json'
    ];
    const body = schema.$ref ? resolve(document, schema.$ref) : schema;
    expect(body.additionalProperties).toBe(false);
    const { items } = body.properties.entries;
    const line = items.$ref ? resolve(document, items.$ref) : items;
    expect(line.additionalProperties).toBe(false);
  });
});

describe('AsyncAPI', () => {
  const document = asJson(asyncApi());

  test('has every event, and no other', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.components.messages).sort()).toEqual([...eventTypes].sort());
    expect(Object.keys(document.channels.bus.messages).sort()).toEqual([...eventTypes].sort());
  });

  test.each(eventTypes)('%s: its example reads, and its schema is of that type', (type) => {
    const { name, examples, payload, tags } = document.components.messages[type];
    expect(name).toBe(type);
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload: example } of examples) expect(readEvent(example)).toEqual(example);
    expect(payload.schema.properties.type.const).toBe(type);
    expect(payload.schema.required).toEqual(expect.arrayContaining(['id', 'aggregate', 'data']));
    expect(tags).toContainEqual({ name: sourceOf(type) });
  });

  test('every $ref leads somewhere', () => {
    const local = refsIn(document).filter((ref) => ref.startsWith('#/c'));
    expect(local.length).toBeGreaterThan(0);
    for (const ref of local)
      expect([ref, resolve(document, ref)]).toEqual([ref, expect.anything()]);
  });
});

test.each([
  ['GET /openapi.json', 'openapi', openApi],
  ['GET /asyncapi.json', 'asyncapi', asyncApi],
] as const)('%s gives it to anybody, twice the same', async (route, key, make) => {
  for (const _ of [1, 2]) {
    const { status, body } = await ask(handler, { route });
    expect(status).toBe(200);
    expect(body[key]).toMatch(/^3\./);
    expect(body).toEqual(asJson(make()));
  }
});
