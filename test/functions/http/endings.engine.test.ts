import '../../support/tables.ts';

import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { route, xlsx } from '../../../functions/http/contract.ts';
import { savedAs } from '../../../functions/http/endings.ts';
import { serve } from '../../../functions/http/serve.ts';
import { ask } from '../../support/http-event.ts';

const year = z.strictObject({ year: z.string().regex(/^\d{4}$/) });
const named = z.strictObject({ name: z.string() });
const summary = { en: 'A sheet', zh: '表' };
const answer = z.object({ year: z.string() });
const contract = {
  read: route({
    key: 'GET /sheets/{year}',
    access: 'public',
    summary,
    params: year,
    answer,
    also: ['text/html', xlsx],
  }),
  readPart: route({
    key: 'GET /sheets/{year}/part',
    access: 'public',
    summary,
    params: year,
    answer,
    also: ['text/html'],
  }),
  readPlain: route({
    key: 'GET /plain/{name}',
    access: 'public',
    summary,
    params: named,
    answer,
  }),
  readVersion: route({
    key: 'GET /versions/{year}',
    access: 'token',
    summary,
    params: year,
    answer,
    also: ['text/html'],
    versioned: true,
  }),
};
const page = ({ year }: { readonly year: string }) => ({ text: `<p>${year}</p>`, headers: {} });
const bytes = Buffer.from([0x50, 0x4b, 0xff, 0x00]);
let size = 0;
const file = () => ({
  bytes: size > 0 ? Buffer.alloc(size) : bytes,
  headers: savedAs('sheet-2025.xlsx'),
});
const handler = serve(
  contract,
  {
    read: async ({ params }) => ({ body: params }),
    readPart: async ({ params }) => ({ body: params }),
    readPlain: async ({ params }) => ({ body: { year: params.name } }),
    readVersion: async ({ params }) => ({ body: params, version: 3 }),
  },
  {
    read: { 'text/html': page, [xlsx]: file },
    readPart: { 'text/html': page },
    readVersion: { 'text/html': page },
  },
);
const read = (value: string, headers = {}) =>
  ask(handler, { route: 'GET /sheets/{year}', params: { year: value }, headers });

describe('the last part of a path', () => {
  test.each([
    ['2025', 'application/json; charset=utf-8', { year: '2025' }],
    ['2025.json', 'application/json; charset=utf-8', { year: '2025' }],
    ['2025.html', 'text/html; charset=utf-8', '<p>2025</p>'],
    ['2025.xlsx', xlsx, bytes.toString('base64')],
  ])('%s is %s', async (value, type, body) => {
    const answered = await read(value);
    expect([answered.status, answered.headers['content-type'], answered.body]).toEqual([
      ...[200, type, body],
    ]);
  });

  test('comes before Accept', async () => {
    const { headers } = await read('2025.html', { accept: 'application/json' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test.each(['2025.csv', '2025.pdf', '2025.HTML', '2025.html.html', '.html', '2025.constructor'])(
    '%s asks for no form, and is no year',
    async (value) => {
      const { status, body } = await read(value);
      expect([status, body.errors?.[0]?.name]).toEqual([400, 'year']);
    },
  );

  test('keeps its ending on a route that has no forms, or ends in a word', async () => {
    const plain = { route: 'GET /plain/{name}', params: { name: 'a.html' } };
    expect((await ask(handler, plain)).body).toEqual({ year: 'a.html' });
    const part = { route: 'GET /sheets/{year}/part', params: { year: '2025.html' } };
    expect((await ask(handler, part)).status).toBe(400);
  });
});

describe('bytes', () => {
  test('are saved under a plain name', async () => {
    const { headers } = await read('2025.xlsx');
    expect(headers['content-disposition']).toBe('attachment; filename="sheet-2025.xlsx"');
    expect(() => savedAs('总结.xlsx')).toThrow('no plain name');
  });

  test.each([
    [4 * 1024 * 1024, 200],
    [4 * 1024 * 1024 + 1, 400],
  ])('%d of them: %d', async (length, status) => {
    size = length;
    const answered = await read('2025.xlsx');
    size = 0;
    expect(answered.status).toBe(status);
    if (status === 400) expect(answered.body.type).toBe('urn:leifeng:problem:answer-too-large');
  });
});

describe('the ETag', () => {
  const etagOf = async (value: string, language: string) =>
    (await read(value, { 'accept-language': language })).headers.etag;

  test('names form and language, and the same of both is not sent again', async () => {
    const tags = await Promise.all([
      ...['2025', '2025.html', '2025.xlsx'].map((value) => etagOf(value, 'en')),
      etagOf('2025.html', 'zh'),
      etagOf('2024.html', 'zh'),
    ]);
    expect(new Set(tags).size).toBe(5);
    const again = await read('2025.xlsx', { 'accept-language': 'en', 'if-none-match': tags[2] });
    expect(again.status).toBe(304);
  });

  test('of JSON is the version that commands match; a page of it has another', async () => {
    const asked = (value: string) =>
      ask(handler, {
        route: 'GET /versions/{year}',
        params: { year: value },
        token: { sub: 'a', role: 'organiser' },
      });
    expect((await asked('2025')).headers.etag).toBe('"3"');
    expect((await asked('2025.html')).headers.etag).toMatch(/^W\//);
  });
});
