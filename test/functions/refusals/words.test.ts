import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type * as z from 'zod';
import { activity } from '../../../events/activities.ts';
import { campaign } from '../../../events/campaigns.ts';
import { entry, hoursOrigins } from '../../../events/participation.ts';
import { recordEntry } from '../../../events/records.ts';
import { membership, team } from '../../../events/teams.ts';
import { volunteer } from '../../../events/volunteers.ts';
import { openApi } from '../../../functions/reference/openapi.ts';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { problemBody, problemOf } from '../../../functions/refusals/problem.ts';
import { problemTypes } from '../../../functions/refusals/problem-types.ts';
import { chineseWords } from '../../../functions/refusals/words.ts';
import { asJson, partsOf } from '../../support/documents.ts';

const sources = globSync('functions/**/*.ts').map((file) => readFileSync(file, 'utf8'));
const found = (pattern: RegExp): readonly string[] =>
  sources.flatMap((source) => [...source.matchAll(pattern)].map(([, word = '']) => word));

const statuses = [activity, campaign, entry, membership, team, volunteer]
  .flatMap(({ shape }) => (shape.status as z.ZodEnum).options)
  .concat(...recordEntry.options.map(({ shape }) => shape.status.options));

describe('a word in Chinese', () => {
  test.each<[string, readonly unknown[]]>([
    ['what', found(/'(?:not-found|unknown-reference|already-exists)', \{ what: '([\w-]+)'/g)],
    ['what', ['training', 'commendation', 'evaluation']],
    ['status', statuses],
    ['status', found(/'illegal-transition', \{\s*status: '([\w-]+)'/g)],
    ['action', found(/check(?:Status|Active)\([\w.]+, '([\w-]+)'/g)],
    ['action', found(/\baction: '([\w-]+)',?\s*\}\)/g)],
    ['origin', hoursOrigins],
  ])('there is for each %s %j', (name, codes) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !chineseWords[name]?.[String(code)])).toEqual([]);
  });
});

test('a refusal in Chinese has no code in it', () => {
  const id = '0198c0de-0000-7000-8000-0000000000a1';
  const said = (
    code: 'not-found' | 'illegal-transition' | 'other-organisation-required',
    params: Record<string, string>,
  ) => problemBody(problemOf([new Rejection(code, params)], 'zh-CN'), 'zh-CN', '').detail;
  expect(said('not-found', { what: 'organisation', id })).toBe(`没有这个组织：${id}。`);
  expect(said('illegal-transition', { status: 'verified', action: 'complete' })).toBe(
    '当前已查验，不能办结。',
  );
  expect(said('other-organisation-required', { origin: 'back-entry' })).toMatch('来源为补录的时长');
});

test('no Chinese text has a run of Latin letters but names of headers, formats and fields', () => {
  const names =
    /Authorization: Bearer|Idempotency-Key|Content-Type|JSON|KB|MB|POST|\?month=yyyy-mm|ASCII|correlationId|errors|name|next|reason|sub(?![a-z])|type|Standard Webhooks|webhook-(?:id|timestamp|signature)/g;
  const texts = Object.values(problemTypes).flatMap(({ title, detail }) => [
    title['zh-CN'],
    detail['zh-CN'],
  ]);
  const codes = texts.filter((text) =>
    /[A-Za-z]{2,}/.test(text.replace(/\{\w+\}/g, '').replace(names, '')),
  );
  expect(codes).toEqual([]);
});

describe('every Chinese text in the code', () => {
  const files = globSync('{functions,events}/**/*.ts').filter(
    (file) => !file.includes('/examples/'),
  );
  /** What stands beside the key `zh`, and the first half of `中文 / English`. */
  const texts = files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /\bzh(?:-CN'?)?:\s*(['`])(.*?)\1,?\s|'([^'\n]*\p{Script=Han}[^'\n]*?) \/ [^'\n]*'/gu,
      ),
    ].map(([, , beside, first]) => ({ file, text: beside ?? first ?? '' })),
  );
  const fields = new Set(
    partsOf(asJson(openApi())).flatMap(([, { name, properties }]) => [
      ...(typeof name === 'string' ? [name] : []),
      ...Object.keys(Object(properties)),
    ]),
  );
  /** Names of formats, methods, claims and values, which are the same in Chinese. */
  const terms = new Set(
    'AsyncAPI CSV JSON JSONata OpenAPI PATCH PDF XLSX all full https null sub true'.split(' '),
  );

  test('is found', () => {
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        '发布活动',
        '须指定 volunteerId、activityId、organisationId、areaId 之一',
      ]),
    );
  });

  test('has no run of Latin letters but names of fields, formats and values', () => {
    const odd = texts.flatMap(({ file, text }) =>
      (text.replace(/\$\{[^}]*\}/g, '').match(/[A-Za-z]{2,}/g) ?? [])
        .filter((word) => !fields.has(word) && !terms.has(word))
        .map((word) => `${file}: ${text}: ${word}`),
    );
    expect(odd).toEqual([]);
  });
});
