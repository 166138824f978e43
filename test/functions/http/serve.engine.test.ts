import '../../support/tables.ts';

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { nothing, route } from '../../../functions/http/contract.ts';
import type { Request } from '../../../functions/http/request.ts';
import { serve } from '../../../functions/http/serve.ts';
import { Rejection, Rejections } from '../../../functions/refusals/decision.ts';
import { Problem } from '../../../functions/refusals/problem.ts';
import { logger } from '../../../functions/runtime/telemetry.ts';
import { type Ask, ask, httpEvent, noon, requestId } from '../../support/http-event.ts';

const thing = {
  summary: { en: 'A thing', zh: '物' },
  params: z.strictObject({ id: z.string().regex(/^\d+$/, '须为数字 / must be a number') }),
  query: z.strictObject({ limit: z.coerce.number().max(10).optional() }),
  answer: z.object({ said: z.string() }),
  problems: [],
};
const contract = {
  make: route({
    ...thing,
    key: 'POST /things/{id}',
    access: 'token',
    body: z.strictObject({
      name: z.string().min(2),
      entries: z.array(z.strictObject({ n: z.int() })).default([]),
      notes: z.record(z.string(), z.int()).default({}),
    }),
    status: 201,
    versioned: true,
  }),
  change: route({
    ...thing,
    key: 'PUT /things/{id}',
    access: 'token',
    body: nothing,
    status: 200,
    versioned: true,
  }),
  read: route({
    ...thing,
    key: 'GET /things/{id}',
    access: 'public',
    body: nothing,
    status: 200,
    versioned: false,
  }),
};

type Seen = Request<(typeof contract)['make' | 'change' | 'read']>;
const useCase = jest.fn<(request: Seen) => Promise<{ body: { said: string }; version?: number }>>();
const handler = serve(contract, { make: useCase, change: useCase, read: useCase } as never);

beforeEach(() => {
  useCase.mockReset();
  useCase.mockResolvedValue({ body: { said: 'yes', secret: 'no' } as never, version: 7 });
});

const make: Ask = {
  route: 'POST /things/{id}',
  params: { id: '1' },
  body: { name: 'ab' },
  token: { sub: 'somebody', role: 'organiser' },
};
const correlationId = '0198c0de-0000-7000-8000-0000000000e1';
const read: Ask = { route: 'GET /things/{id}', params: { id: '1' } };
const seen = (): Seen => {
  expect(useCase).toHaveBeenCalledTimes(1);
  return (useCase.mock.calls[0] as [Seen])[0];
};

describe('a request that passes', () => {
  test('reaches its use case, checked and typed', async () => {
    const answer = await ask(handler, { ...make, query: { limit: '5' }, at: noon });
    expect(answer.status).toBe(201);
    expect(seen()).toMatchObject({
      params: { id: '1' },
      query: { limit: 5 },
      body: { name: 'ab', entries: [], notes: {} },
      actor: { id: 'somebody', roles: ['organiser'], organisationId: null },
      at: noon,
      correlationId: requestId,
      ifMatch: undefined,
    });
  });

  test('is answered with what the contract shows, and no more', async () => {
    const { body, headers } = await ask(handler, make);
    expect(body).toEqual({ said: 'yes' });
    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-correlation-id': requestId,
      'x-content-type-options': 'nosniff',
      etag: '"7"',
    });
  });

  test('in public may be kept if it is asked for again, and costs nothing while it is the same', async () => {
    const { headers } = await ask(handler, read);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=15',
      vary: 'Accept, Accept-Language',
    });
    expect(headers.etag).toMatch(/^W\/"[\w-]{22}"$/);
    const known = { ...read, headers: { 'if-none-match': String(headers.etag) } };
    expect(await ask(handler, known)).toMatchObject({ status: 304, body: undefined });
    const other = { ...read, headers: { 'if-none-match': 'W/"other"' } };
    expect((await ask(handler, other)).status).toBe(200);
  });

  test('in public nobody is asking, whatever a token says', async () => {
    await ask(handler, { ...read, token: { sub: 'somebody', role: 'district-admin' } });
    expect(seen().actor).toBeUndefined();
  });

  test('without a body is one without fields', async () => {
    const { status } = await ask(handler, { ...make, route: 'PUT /things/{id}', body: undefined });
    expect(status).toBe(200);
  });

  test('may have its headers in any letters, or none at all', async () => {
    const headers = { 'Accept-Language': 'en', 'X-Correlation-Id': correlationId };
    const answer = await ask(handler, { ...read, params: { id: 'x' }, headers });
    expect(answer.body).toMatchObject({ title: 'Invalid request', correlationId });
    const bare = { ...httpEvent(read), headers: undefined } as unknown as Parameters<
      typeof handler
    >[0];
    expect(await handler(bare, {} as Parameters<typeof handler>[1])).toMatchObject({
      statusCode: 200,
    });
  });

  test('in base64 is read', async () => {
    const event = httpEvent({ ...make, body: JSON.stringify({ name: '雷锋' }) });
    const body = Buffer.from(event.body ?? '').toString('base64');
    const result = await handler({ ...event, body, isBase64Encoded: true }, {} as never);
    expect(result.statusCode).toBe(201);
    expect(seen().body).toMatchObject({ name: '雷锋' });
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/merge-patch+json',
  ])('as %s', async (type) => {
    const { status } = await ask(handler, { ...make, headers: { 'content-type': type } });
    expect(status).toBe(201);
  });
});

/** Sent in base64, as the gateway sends what is no text. */
const bytesOf = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

describe('a request that does not pass', () => {
  test.each<[string, Ask, number, string]>([
    ['malformed JSON', { ...make, body: '{"name":' }, 400, 'malformed-json'],
    [
      'another content type',
      { ...make, headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
    [
      'no content type',
      { ...make, headers: { 'content-type': '' } },
      415,
      'unsupported-media-type',
    ],
    [
      'application/jsonp',
      { ...make, headers: { 'content-type': 'application/jsonp' } },
      415,
      'unsupported-media-type',
    ],
    ['a body over 256 KB', { ...make, body: { name: '字'.repeat(90_000) } }, 413, 'body-too-large'],
    ['no Idempotency-Key', { ...make, key: null }, 400, 'idempotency-key-required'],
    [
      'an Idempotency-Key of 129',
      { ...make, key: 'x'.repeat(129) },
      400,
      'idempotency-key-required',
    ],
    ['an Idempotency-Key with a space', { ...make, key: 'a b' }, 400, 'idempotency-key-required'],
    ['no token', { ...make, token: null }, 401, 'unauthorized'],
    [
      'a token without a subject',
      { ...make, token: { role: 'organiser' } },
      401,
      'opaque-subject-required',
    ],
    [
      'a token whose subject is a number',
      { ...make, token: { sub: 7, role: 'organiser' } },
      401,
      'opaque-subject-required',
    ],
    [
      'a token whose subject is null',
      { ...make, token: { sub: null, role: 'organiser' } },
      401,
      'opaque-subject-required',
    ],
    [
      'two tokens',
      { ...make, headers: { authorization: 'Bearer a.b.c,Bearer a.b.c' } },
      401,
      'one-access-token-required',
    ],
    ['another route', { ...make, route: 'POST /other' }, 404, 'not-found'],
    ['a bad path', { ...make, params: { id: 'x' } }, 400, 'invalid-request'],
    ['a query it does not know', { ...make, query: { x: '1' } }, 400, 'invalid-request'],
    ['a body that is no object', { ...make, body: '[]' }, 400, 'invalid-request'],
    ['a body to a reading', { ...read, body: { x: 1 } }, 400, 'invalid-request'],
    [
      'JSON in another charset',
      { ...make, headers: { 'content-type': 'application/json; charset=gb18030' } },
      415,
      'unsupported-media-type',
    ],
    [
      'a content type that is there twice',
      { ...make, headers: { 'content-type': 'application/json,application/json' } },
      415,
      'unsupported-media-type',
    ],
    ['two Idempotency-Keys', { ...make, key: 'one,two' }, 400, 'idempotency-key-required'],
    [
      'bytes that are no UTF-8',
      { ...make, body: bytesOf('{"name":"\xff\xfe"}') },
      400,
      'malformed-json',
    ],
    ['a name twice', { ...make, body: '{"name":"ab","n\\u0061me":"cd"}' }, 400, 'invalid-request'],
    [
      'a number beyond all numbers',
      { ...make, body: '{"name":"ab","notes":{"x":1e400}}' },
      400,
      'invalid-request',
    ],
    [
      'a whole number beyond 2^53',
      { ...make, body: '{"name":"ab","notes":{"x":9007199254740993}}' },
      400,
      'invalid-request',
    ],
  ])('%s', async (_, request, status, code) => {
    const answer = await ask(handler, request);
    expect(answer).toMatchObject({
      status,
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'content-language': 'zh-CN',
        'cache-control': 'no-store',
      },
      body: { type: `urn:leifeng:problem:${code}`, status, correlationId: requestId },
    });
    expect(answer.headers['www-authenticate']).toBe(
      status === 401 ? 'Bearer error="invalid_token"' : undefined,
    );
    expect(useCase).not.toHaveBeenCalled();
  });

  test('a subject that is a phone number, with the reason and without the number', async () => {
    const request = { ...make, token: { sub: '13900000000', role: 'organiser' } };
    const zh = await ask(handler, request);
    const en = await ask(handler, { ...request, headers: { 'accept-language': 'en' } });
    expect(zh.body.detail).toMatch(/^sub 含有电话号码、证件号码/);
    expect(en.body.detail).toMatch(/^It has a phone number/);
    for (const answer of [zh, en]) expect(JSON.stringify(answer)).not.toContain('13900000000');
  });

  test('a body of exactly 256 KB passes', async () => {
    const body = `{"name":"${'x'.repeat(256 * 1024 - 11)}"}`;
    expect(Buffer.byteLength(body)).toBe(256 * 1024);
    expect((await ask(handler, { ...make, body })).status).toBe(201);
  });

  test.each([['3'], ['W/"3"'], ['"three"'], ['"-1"'], ['"1", "2"'], ['']])(
    'If-Match %j is no version',
    async (version) => {
      const { status, body } = await ask(handler, { ...make, headers: { 'if-match': version } });
      expect(status).toBe(400);
      expect(body.errors).toEqual([
        expect.objectContaining({ in: 'header', name: 'If-Match', code: 'invalid-format' }),
      ]);
    },
  );

  test.each([
    ['"3"', 3],
    ['*', undefined],
  ])('If-Match %s is %p', async (version, expected) => {
    await ask(handler, { ...make, headers: { 'if-match': version } });
    expect(seen().ifMatch).toBe(expected);
  });

  test.each<[string, unknown, string, string]>([
    ['an unknown field', { name: 'ab', foo: 1 }, '#/foo', 'unknown-field'],
    [
      'one in an entry',
      { name: 'ab', entries: [{ n: 1 }, { n: 1, foo: 2 }] },
      '#/entries/1/foo',
      'unknown-field',
    ],
    ['one with a slash', { name: 'ab', 'a/b~c': 1 }, '#/a~1b~0c', 'unknown-field'],
    ['a field that is missing', {}, '#/name', 'required'],
    ['a field too short', { name: 'a' }, '#/name', 'too-small'],
    [
      'an entry of another type',
      { name: 'ab', entries: [{ n: '1' }] },
      '#/entries/0/n',
      'invalid-type',
    ],
    [
      'a value under a key with a slash',
      { name: 'ab', notes: { 'x/y': 'z' } },
      '#/notes/x~1y',
      'invalid-type',
    ],
    ['something else', [], '#', 'invalid-type'],
  ])('%s is pointed at', async (_, body, pointer, code) => {
    const answer = await ask(handler, { ...make, body });
    expect(answer.body.errors).toMatchObject([{ pointer, code, detail: expect.any(String) }]);
    expect(answer.body.errors).toHaveLength(1);
  });

  test.each([
    ['half of a character', 'a\ud800b'],
    ['a control character', 'a\u0000b'],
    ['an escape', 'a\u001b[31mb'],
  ])('a text with %s is pointed at', async (_, text) => {
    const answer = await ask(handler, { ...make, body: { name: text } });
    expect(answer.body.errors).toEqual([
      { pointer: '#/name', code: 'invalid-text', detail: expect.stringMatching('控制字符') },
    ]);
  });

  test('a text of several lines, or of characters beyond the first plane, passes', async () => {
    const body = { name: '第一行\r\n\t第二行 😀𠮷' };
    expect((await ask(handler, { ...make, body })).status).toBe(201);
  });

  test.each(['__proto__', '\\u005f_proto__', '__\\u0070roto_\\u005F'])(
    'a key %s in a record is not dropped in silence',
    async (key) => {
      const answer = await ask(handler, { ...make, body: `{"name":"ab","notes":{"${key}":1}}` });
      expect(answer.body.errors).toMatchObject([
        { pointer: '#/notes/__proto__', code: 'unknown-field' },
      ]);
    },
  );

  test('each field that is wrong is listed', async () => {
    const answer = await ask(handler, { ...make, body: { name: 'a', x: 1, y: 2 } });
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(['#/name', '#/x', '#/y']);
  });

  test('a parameter that is there twice is named', async () => {
    const event = httpEvent({ ...make, query: { limit: '5,5' } });
    const result = await handler({ ...event, rawQueryString: 'limit=5&%6cimit=5' }, {} as never);
    expect(JSON.parse(result.body ?? '')).toMatchObject({
      status: 400,
      errors: [{ in: 'query', name: 'limit', code: 'duplicate-name' }],
      errorCount: 1,
    });
  });

  test('however much is wrong, 20 faults are told, and how many there are', async () => {
    const entries = Array.from({ length: 60 }, () => ({ n: 'x' }));
    const { body } = await ask(handler, { ...make, body: { name: 'ab', entries } });
    expect([body.errors.length, body.errorCount]).toEqual([20, 60]);
    const names = Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`k${n}`, 1]));
    const unknown = await ask(handler, { ...make, body: { name: 'ab', ...names } });
    expect([unknown.body.errors.length, unknown.body.errorCount]).toEqual([20, 70]);
  });

  test('what was sent is not repeated at length', async () => {
    const { body } = await ask(handler, { ...make, body: { name: 'ab', ['名'.repeat(5_000)]: 1 } });
    const pointer = `#/${'名'.repeat(59)}…`;
    expect(body.errors).toMatchObject([{ pointer, code: 'unknown-field', detail: '没有这个字段' }]);
  });

  test('the refusal of unknown fields lists those that there are, once', async () => {
    const query = await ask(handler, { ...make, query: { x: '1', y: '1' } });
    expect(query.body.errors.map(({ allowed }: { allowed?: string[] }) => allowed)).toEqual([
      ['limit'],
      undefined,
    ]);
    const entries = [{ n: 1, foo: 1 }];
    const inner = await ask(handler, { ...make, body: { name: 'ab', entries } });
    expect(inner.body.errors).toMatchObject([{ pointer: '#/entries/0/foo', allowed: ['n'] }]);
  });

  test('a byte order mark is no part of the text', async () => {
    const body = Buffer.from('\ufeff{"name":"雷锋"}');
    expect((await ask(handler, { ...make, body })).status).toBe(201);
    expect(seen().body).toMatchObject({ name: '雷锋' });
  });

  test('a parameter that is wrong is named', async () => {
    const path = await ask(handler, { ...make, params: { id: 'x' } });
    expect(path.body.errors).toMatchObject([{ in: 'path', name: 'id' }]);
    const query = await ask(handler, { ...make, query: { limit: '11' } });
    expect(query.body.errors).toMatchObject([{ in: 'query', name: 'limit' }]);
    const unknown = await ask(handler, { ...make, query: { x: '1' } });
    expect(unknown.body.errors).toMatchObject([{ in: 'query', name: 'x', code: 'unknown-field' }]);
  });
});

describe('language', () => {
  const wrong = { ...make, params: { id: 'x' } };

  test.each([
    ['en', 'en', 'Invalid request', 'must be a number'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN', '请求内容有误', '须为数字'],
    ['fr', 'zh-CN', '请求内容有误', '须为数字'],
  ])('%s', async (header, language, title, detail) => {
    const answer = await ask(handler, { ...wrong, headers: { 'accept-language': header } });
    expect(answer.headers['content-language']).toBe(language);
    expect(answer.body.title).toBe(title);
    expect(answer.body.errors[0].detail).toBe(detail);
  });

  test('zod’s own messages are in it too', async () => {
    const short = { ...make, body: { name: 'a' } };
    const english = await ask(handler, { ...short, headers: { 'accept-language': 'en' } });
    expect(english.body.errors[0].detail).toBe('must have at least 2 characters');
    const chinese = await ask(handler, { ...short, headers: { 'accept-language': 'zh' } });
    expect(chinese.body.errors[0].detail).toBe('至少 2 个字');
  });
});

describe('the log', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('has nothing of what went well', async () => {
    const lines = [jest.spyOn(logger, 'info'), jest.spyOn(logger, 'error')];
    expect((await ask(handler, make)).status).toBe(201);
    for (const line of lines) expect(line).not.toHaveBeenCalled();
  });

  test('says what was refused and why, and nothing of what was sent', async () => {
    const info = jest.spyOn(logger, 'info');
    await ask(handler, { ...make, body: { name: 'x', secret: '13800000000' } });
    expect(info.mock.calls).toEqual([
      [
        'refused',
        {
          route: 'POST /things/{id}',
          status: 400,
          problem: 'invalid-request',
          correlationId: requestId,
        },
      ],
    ]);
  });

  test('has the error behind a failure', async () => {
    const error = jest.spyOn(logger, 'error').mockImplementation(() => undefined);
    const broken = new Error('broken');
    useCase.mockRejectedValue(broken);
    await ask(handler, make);
    expect(error.mock.calls).toEqual([
      ['failed', expect.objectContaining({ status: 500, problem: 'internal', error: broken })],
    ]);
  });
});

describe('correlation', () => {
  test.each<[string, Ask]>([
    ['an answer', make],
    ['a refusal', { ...make, token: null }],
    ['a field error', { ...make, params: { id: 'x' } }],
    ['a route that is not there', { ...make, route: 'GET /other' }],
  ])('%s carries the id of its request', async (_, request) => {
    expect((await ask(handler, request)).headers).toMatchObject({
      'x-correlation-id': requestId,
      'x-content-type-options': 'nosniff',
    });
  });

  test('an id that was sent comes back, in answers and in problems', async () => {
    const headers = { 'x-correlation-id': correlationId };
    const fine = await ask(handler, { ...make, headers });
    expect(fine.headers['x-correlation-id']).toBe(correlationId);
    expect(seen().correlationId).toBe(correlationId);
    const wrong = await ask(handler, { ...make, params: { id: 'x' }, headers });
    expect(wrong.headers['x-correlation-id']).toBe(correlationId);
    expect(wrong.body.correlationId).toBe(correlationId);
  });

  test.each([
    '',
    'a b',
    'x'.repeat(65),
    'a\nb',
    '<script>',
    'ouyang-yinni-zhen',
    'wangxiaoming',
    `${correlationId},${correlationId}`,
  ])('%j is not taken', async (given) => {
    const { headers } = await ask(handler, { ...make, headers: { 'x-correlation-id': given } });
    expect(headers['x-correlation-id']).toBe(requestId);
  });
});

describe('somebody’s number', () => {
  const idNumber = '11010519491231002X';
  const noted = (notes: object, more: object = {}) => ({ name: 'abc', ...more, notes });

  test.each([
    ['a text of the body', { body: { name: `电话 138-0013-8000` } }, '#/name'],
    ['a key of the body', { body: noted({ [idNumber]: 1 }) }, '#/notes'],
  ])('is refused in %s, and not repeated', async (_, change, pointer) => {
    const { status, body } = await ask(handler, { ...make, ...change });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer, code: 'personal-data', detail: expect.stringMatching('^不得填写') },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/8000|1949/);
    expect(useCase).not.toHaveBeenCalled();
  });

  test('is refused in the path of a command', async () => {
    const { status, body } = await ask(handler, { ...make, params: { id: '13800138000' } });
    expect([status, body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ in: 'path', name: 'id', code: 'personal-data' }),
    ]);
  });

  test('stands where the contract says personal data do', async () => {
    const personal = { make: { ...contract.make, personal: ['name'] } };
    const open = serve(personal, { make: useCase } as never);
    const answer = await ask(open, { ...make, body: { name: idNumber } });
    expect(answer.status).toBe(201);
  });

  test('a UUID that looks like one is none', async () => {
    const name = '0198c0de-0000-7000-8138-001380001380';
    expect((await ask(handler, { ...make, body: { name } })).status).toBe(201);
  });

  test.each(['13800138000', idNumber, 'a-138-0013-8000'])(
    'as a correlation id, %s, is not taken over',
    async (given) => {
      const { headers } = await ask(handler, { ...make, headers: { 'x-correlation-id': given } });
      expect([headers['x-correlation-id'], seen().correlationId]).toEqual([requestId, requestId]);
    },
  );
});

describe('idempotency', () => {
  test('what tells one body from another tells nothing to whoever has not the key', async () => {
    const hashes = [];
    for (const key of ['k', 'l']) {
      useCase.mockClear();
      await ask(handler, { ...make, key });
      hashes.push(seen().idempotency?.hash);
    }
    expect(new Set(hashes).size).toBe(2);
  });

  const idempotencyOf = async (change: Partial<Ask>) => {
    useCase.mockClear();
    await ask(handler, { ...make, key: 'k', ...change });
    return seen().idempotency;
  };

  test('a key is one person’s, on one path', async () => {
    const first = await idempotencyOf({});
    expect(await idempotencyOf({})).toEqual(first);
    const others = [
      await idempotencyOf({ token: { sub: 'else' } }),
      await idempotencyOf({ params: { id: '2' } }),
      await idempotencyOf({ key: 'l' }),
    ];
    for (const other of others) expect(other?.key).not.toBe(first?.key);
    const body = await idempotencyOf({ body: { name: 'abc' } });
    expect(body?.key).toBe(first?.key);
    expect(body?.hash).not.toBe(first?.hash);
  });

  test('a query is part of what is asked for', async () => {
    const none = await idempotencyOf({});
    const five = await idempotencyOf({ query: { limit: '5' } });
    expect(five?.key).toBe(none?.key);
    expect(five?.hash).not.toBe(none?.hash);
    expect(await idempotencyOf({ query: { limit: '05' } })).toEqual(five);
    expect(await idempotencyOf({ query: { limit: '6' } })).not.toEqual(five);
  });

  test('is not asked of a PUT', async () => {
    const put = { ...make, route: 'PUT /things/{id}', body: undefined, key: null };
    expect((await ask(handler, put)).status).toBe(200);
    expect(seen().idempotency).toBeUndefined();
  });
});

describe('what a use case throws', () => {
  test('a rejection is its problem', async () => {
    useCase.mockRejectedValue(
      new Rejection('unknown-reference', { what: 'area', id: 'x' }, '#/areaId'),
    );
    const { status, body } = await ask(handler, { ...make, headers: { 'accept-language': 'en' } });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: 'urn:leifeng:problem:unknown-reference',
      detail: 'There is no area x.',
      errors: [{ pointer: '#/areaId', code: 'unknown-reference', detail: 'There is no area x.' }],
    });
  });

  test('several rejections are one problem', async () => {
    const one = new Rejection('forbidden');
    useCase.mockRejectedValue(new Rejections([one, new Rejection('not-found')]));
    expect((await ask(handler, make)).status).toBe(403);
  });

  test('a problem is itself', async () => {
    useCase.mockRejectedValue(new Problem('stale-version', { version: 4 }));
    expect((await ask(handler, make)).status).toBe(412);
  });

  test.each([
    { name: 'ProvisionedThroughputExceededException' },
    { name: 'ThrottlingException' },
    { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } },
    { name: 'UnknownError', $metadata: { httpStatusCode: 507 } },
    { name: 'TimeoutError' },
    { code: 'ECONNRESET' },
  ])('%j is worth another try', async (said) => {
    useCase.mockRejectedValue(Object.assign(new Error('x'), said));
    const { status, headers } = await ask(handler, make);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
  });

  test.each<[string, unknown]>([
    ['an error', new Error('table ledger-x at 10.0.0.1: 雷锋')],
    ['an error with properties', Object.assign(new Error('x'), { status: 400, expose: true })],
    ['an error that says it is a client’s', Object.assign(new Error('x'), { statusCode: 404 })],
    ['a text', 'secret of ledger'],
    ['nothing', undefined],
  ])('%s is a 500 that gives nothing away', async (_, thrown) => {
    useCase.mockImplementation(() => Promise.reject(thrown));
    const { status, body, headers } = await ask(handler, make);
    expect(status).toBe(500);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(Object.keys(body).sort()).toEqual([
      'correlationId',
      'detail',
      'status',
      'title',
      'type',
    ]);
    expect(body.type).toBe('urn:leifeng:problem:internal');
    expect(JSON.stringify(body)).not.toMatch(/ledger|10\.0|雷锋|secret/);
  });

  test('an answer that breaks the contract is a 500, not an answer', async () => {
    useCase.mockResolvedValue({ body: { said: 7 } as never });
    expect((await ask(handler, make)).status).toBe(500);
  });
});
