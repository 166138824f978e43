import { describe, expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { isCommand, isForPeople, type Route } from '../../../functions/http/contract.ts';
import { contracts } from '../../../functions/reference/contracts.ts';
import { exampleOfAnswer, exampleOfBody } from '../../../functions/reference/exemplify.ts';
import { isDescribed } from '../../../functions/reference/fields.ts';
import { takesBody } from '../../../functions/reference/names.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { problemTypes } from '../../../functions/refusals/problem-types.ts';
import {
  asJson,
  type Json,
  partsOf,
  refsIn,
  repeatedShapes,
  resolve,
  schemasUsedBy,
  undescribedFields,
} from '../../support/documents.ts';

const named = Object.entries(contracts).flatMap(([slice, contract]) =>
  Object.entries<Route>(contract)
    // Pages are for people: the document is of the API for programs.
    .filter(([, route]) => !isForPeople(route))
    .map(([name, route]) => ({ slice, name, route })),
);
const routes = named.map(({ route }) => route);
const document = asJson(openApi());
const operations = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
  Object.entries<Json>(methods).map(([method, operation]): [string, Json] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
);
const byKey = new Map(operations);
const schemas = Object.entries<Json>(document.components.schemas);

describe('routes', () => {
  test('are those of the contracts, and no other', () => {
    expect(operations.map(([key]) => key).sort()).toEqual(routes.map(({ key }) => key).sort());
    expect(document.openapi).toBe('3.1.0');
  });

  test('no two contracts have one route', () => {
    expect(new Set(routes.map(({ key }) => key)).size).toBe(routes.length);
  });

  test('every operation has an id of its own, and a tag that is described', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map(({ name }: Json) => name);
    for (const [key, operation] of operations)
      expect([key, tags]).toEqual([key, expect.arrayContaining(operation.tags)]);
  });

  test('every $ref leads somewhere', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) expect([ref, resolve(document, ref)]).toEqual([ref, expect.anything()]);
  });

  test.each(routes.map((route) => [route.key, route] as const))('%s', (key, route) => {
    const { security, parameters = [], requestBody, responses } = byKey.get(key);
    const schemes = { token: [{ bearer: [] }], signed: [{ signature: [] }] };
    expect(security).toEqual(
      { public: [], ...schemes }[route.access as 'public' | 'token' | 'signed'],
    );
    // The gateway itself refuses a missing token; a public route may ask for one in some cases.
    const isToken = route.access === 'token';
    const asks = route.problems.some((code) => problemTypes[code].status === 401);
    expect(Object.hasOwn(responses, '401')).toBe(isToken || asks);
    expect(Object.hasOwn(responses['401']?.content ?? {}, 'application/json')).toBe(isToken);
    expect(responses).toHaveProperty('429');
    expect(requestBody !== undefined).toBe(isCommand(route) && takesBody(route));
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
});

describe('names', () => {
  test.each(operations)('the bodies and answers of %s have one', (_, operation) => {
    const { requestBody, responses } = operation;
    for (const { content = {} } of [requestBody ?? {}, ...Object.values<Json>(responses)])
      for (const [type, { schema }] of Object.entries<Json>(content))
        if (type.endsWith('json'))
          expect(schema).toEqual({ $ref: expect.stringMatching(/^#\/components\/schemas\/\w+$/) });
  });

  test('are those of things, of their pages, or else of operations', () => {
    const answerOf = (key: string) =>
      byKey.get(key).responses['200'].content['application/json'].schema.$ref.split('/').at(-1);
    expect(answerOf('GET /activities/{id}')).toBe('Activity');
    expect(answerOf('GET /activities')).toBe('ActivityPage');
    expect(document.components.schemas.ActivityPage.properties.items.items.$ref).toMatch(
      /\/Activity$/,
    );
    expect(answerOf('GET /activities/{id}/sheets')).toBe('ListSheetsResponse');
    expect(byKey.get('POST /activities').requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/PublishActivityRequest',
    });
  });

  test('no shape or list of values is written out twice', () => {
    expect(repeatedShapes(document)).toEqual([]);
  });

  test('all types of problems are listed', () => {
    const { ProblemType, ProblemCode } = document.components.schemas;
    const codes = Object.keys(problemTypes);
    expect(ProblemCode.enum).toEqual(codes);
    expect(ProblemType.enum).toEqual(codes.map((code) => `urn:leifeng:problem:${code}`));
  });

  test('the metrics are those of leifeng, and the outputs of the district', () => {
    const { enum: names } = document.components.schemas.MetricName;
    expect(names).toEqual(expect.arrayContaining(['creditedMinutes', 'outputs.binsWiped']));
    const own = { treesPlanted: { unit: 'trees', unitZh: '棵', zh: '植树', en: 'trees planted' } };
    const { MetricName } = asJson(openApi(own)).components.schemas;
    expect(MetricName.enum).toEqual([...names, 'outputs.treesPlanted']);
  });
});

describe('words', () => {
  test('every parameter and field is described', () => {
    expect(undescribedFields(document, isDescribed)).toEqual([]);
    const parameters = operations.flatMap(([key, { parameters: all = [] }]) =>
      all.map((each: Json) => [key, each.name, each.description ?? isDescribed(each.schema)]),
    );
    expect(parameters.filter(([, , said]) => !said)).toEqual([]);
  });

  test.each(schemas)('%s is described, with an example', (_, { description, examples }) => {
    expect(description).toMatch(/\S/);
    expect(examples?.length).toBeGreaterThan(0);
  });

  test.each(named.map((each) => [each.name, each] as const))(
    '%s has an example of its body and of its answer',
    (name, { slice, route }) => {
      if (isCommand(route) && takesBody(route) && !route.file)
        expect(exampleOfBody(slice, name, route)).toEqual(expect.any(Object));
      expect(exampleOfAnswer(slice, name, route)).toEqual(expect.any(Object));
    },
  );

  test('an operation without examples is refused', () => {
    const { publishActivity } = contracts.activities;
    expect(() => exampleOfBody('activities', 'publish', publishActivity as Route)).toThrow(
      'publish has no example of a body',
    );
    expect(() => exampleOfAnswer('activities', 'publish', publishActivity as Route)).toThrow(
      'publish has no example of an answer',
    );
  });
});

describe('what is open', () => {
  const isClosed = (part: Json) =>
    partsOf(part).some(([, { additionalProperties }]) => additionalProperties === false);

  test('an answer may have fields that a later version adds', () => {
    const answers = operations.map(([, { responses }]) => responses);
    expect(answers.filter(isClosed)).toEqual([]);
    const used = schemasUsedBy(document, answers);
    expect(used).toContain('Activity');
    expect([...used].filter((name) => isClosed(document.components.schemas[name]))).toEqual([]);
  });

  test('a request body takes no unknown fields', () => {
    const bodies = operations.flatMap(([, { requestBody }]) => requestBody ?? []);
    const open = [...schemasUsedBy(document, bodies)].filter((name) => {
      const { properties, additionalProperties } = document.components.schemas[name];
      // The event of a partner has what the partner's platform puts into it.
      return name !== 'InboundEvent' && properties && additionalProperties !== false;
    });
    expect(open).toEqual([]);
  });
});

test('Redocly has nothing to say to it, by its strict rules', async () => {
  const found = await lintFromString({
    source: JSON.stringify(document),
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  expect(
    found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ).toEqual([]);
});

test('Redocly does see an example that does not fit', async () => {
  const broken = structuredClone(document);
  broken.components.schemas.Activity.examples[0].startsOn = 18;
  const found = await lintFromString({
    source: JSON.stringify(broken),
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  expect(found.map(({ ruleId }) => ruleId)).toContain('no-invalid-schema-examples');
});
